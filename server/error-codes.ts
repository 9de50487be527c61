/**
 * Every error code of the API: its HTTP status, whether an operator should be told, and what the user
 * reads. Codes are stable: clients and database triggers name them.
 */
export interface ErrorEntry {
  status: number;
  alert: boolean;
  hi: string;
  en: string;
}

const refusal = (status: number, hi: string, en: string): ErrorEntry => ({ status, alert: false, hi, en });
const fault = (status: number, hi: string, en: string): ErrorEntry => ({ status, alert: true, hi, en });

export type ErrorCode =
  | 'invalid_input'
  | 'not_signed_in'
  | 'wrong_password'
  | 'not_allowed'
  | 'not_found'
  | 'conflict'
  | 'own_work'
  | 'wrong_state'
  | 'version_shown_differs'
  | 'too_few_sources'
  | 'pack_without_facts'
  | 'card_without_fact'
  | 'rendition_not_ready'
  | 'rendition_unmarked'
  | 'silence_window'
  | 'recalled'
  | 'gone'
  | 'stale_version'
  | 'too_large'
  | 'unsupported_media'
  | 'idempotency_mismatch'
  | 'checksum_mismatch'
  | 'in_use'
  | 'unknown_protocol'
  | 'version_required'
  | 'too_many_requests'
  | 'internal'
  | 'unavailable'
  | 'storage_full';

export const errorCodes: Readonly<Record<ErrorCode, ErrorEntry>> = {
  invalid_input: refusal(
    400,
    'भेजी गई जानकारी में कुछ गलत या अधूरा है। चिह्नित खाने ठीक करके फिर भेजें।',
    'Something in what was sent is wrong or missing. Correct the marked fields and send it again.',
  ),
  not_signed_in: refusal(
    401,
    'आप साइन-इन नहीं हैं या आपका सत्र समाप्त हो गया है। कृपया फिर से साइन-इन करें।',
    'You are not signed in, or your session has ended. Please sign in again.',
  ),
  wrong_password: refusal(401, 'नाम या पासवर्ड सही नहीं है।', 'The name or the password is not right.'),
  not_allowed: refusal(
    403,
    'आपकी वर्तमान भूमिका में इस काम की अनुमति नहीं है।',
    'Your present role does not allow this.',
  ),
  not_found: refusal(404, 'माँगी गई वस्तु नहीं मिली।', 'What you asked for was not found.'),
  conflict: refusal(
    409,
    'यह पहले से मौजूद है, या किसी और ने इसे इसी बीच बदल दिया है। पृष्ठ ताज़ा करके देखें।',
    'It already exists, or someone else changed it meanwhile. Reload the page and look again.',
  ),
  own_work: refusal(
    409,
    'जिस काम में आपका योगदान है, उसका सत्यापन या अनुमोदन आप नहीं कर सकते। इसे कोई दूसरा समीक्षक देखेगा।',
    'You cannot verify or approve work you contributed to. Another reviewer has to look at it.',
  ),
  wrong_state: refusal(
    409,
    'मौजूदा स्थिति में यह कदम नहीं उठाया जा सकता।',
    'This step is not possible in its present state.',
  ),
  version_shown_differs: refusal(
    409,
    'आपके देखने के बाद इसमें बदलाव हुआ है। नया संस्करण देखकर फिर निर्णय लें।',
    'It has changed since you looked at it. Look at the new version, then decide.',
  ),
  too_few_sources: refusal(
    409,
    'सत्यापन के लिए कम से कम दो स्रोत चाहिए, जिनमें एक प्राथमिक या आधिकारिक हो; या लिखित अपवाद, जिसे समीक्षक स्वीकार करे।',
    'Verifying needs at least two sources, one of them primary or official, or a written exception that the reviewer accepts.',
  ),
  pack_without_facts: refusal(
    409,
    'पैक में कम से कम एक सत्यापित तथ्य होना चाहिए।',
    'A pack needs at least one verified fact.',
  ),
  card_without_fact: refusal(
    409,
    'पैक में ऐसा कार्ड है जिसका तथ्य पैक में नहीं है या बदल चुका है। वह तथ्य पैक में जोड़ें, या नए तथ्य से नया कार्ड बनाएँ।',
    'The pack holds a card whose fact is not in the pack or has changed. Add the fact to the pack, or make a new card of the new fact.',
  ),
  rendition_not_ready: refusal(
    409,
    'पैक की कोई फ़ाइल अभी तैयार नहीं है। उसके तैयार होने की प्रतीक्षा करें या उसे पैक से हटाएँ।',
    'A file of the pack is not ready yet. Wait until it is, or take it out of the pack.',
  ),
  rendition_unmarked: refusal(
    409,
    'पैक की किसी फ़ाइल पर वह निशान नहीं है जो अब ज़रूरी है: निष्कर्ष की मुहर या कृत्रिम सामग्री की सूचना। उसे फिर से बनाएँ और पैक में नई फ़ाइल रखें।',
    'A file of the pack lacks a mark it has to carry by now: the stamp of the verdict or the notice of synthetic media. Make it again and put the new file into the pack.',
  ),
  silence_window: refusal(
    409,
    'चुनी गई इकाइयों में मौन अवधि लागू है, इसलिए पैक अभी जारी नहीं हो सकता।',
    'A silence period is in force in the chosen units, so the pack cannot be released now.',
  ),
  recalled: refusal(
    410,
    'यह पैक वापस ले लिया गया है। इसे आगे न भेजें और अपने फ़ोन से हटा दें।',
    'This pack has been recalled. Do not pass it on, and delete it from your phone.',
  ),
  gone: refusal(410, 'यह अब उपलब्ध नहीं है।', 'This is no longer available.'),
  stale_version: refusal(
    412,
    'किसी और ने इसे इसी बीच बदल दिया है। ताज़ा संस्करण देखें और अपना बदलाव फिर करें।',
    'Someone else changed this meanwhile. Look at the current version and make your change again.',
  ),
  too_large: refusal(413, 'यह तय सीमा से बड़ा है।', 'This is larger than the limit.'),
  unsupported_media: refusal(
    415,
    'इस प्रकार की फ़ाइल या सामग्री स्वीकार नहीं की जाती।',
    'This type of file or content is not accepted.',
  ),
  idempotency_mismatch: refusal(
    422,
    'यही अनुरोध-कुंजी पहले किसी दूसरे अनुरोध के साथ आ चुकी है।',
    'This idempotency key was already used with a different request.',
  ),
  checksum_mismatch: refusal(
    422,
    'फ़ाइल रास्ते में बदल गई: जो पहुँची वह भेजी गई फ़ाइल से मेल नहीं खाती, इसलिए रखी नहीं गई। इसे फिर से भेजें।',
    'The file changed on its way: what arrived is not what was announced, so it was not kept. Send it again.',
  ),
  in_use: refusal(
    423,
    'यह फ़ाइल इसी समय किसी दूसरे अनुरोध से आ रही है। कुछ क्षण बाद फिर कोशिश करें।',
    'This file is coming in by another request just now. Try again in a few moments.',
  ),
  unknown_protocol: refusal(
    412,
    'अपलोड का यह ढंग यहाँ नहीं चलता। पृष्ठ ताज़ा करके फिर कोशिश करें।',
    'This way of uploading is not spoken here (tus 1.0.0 is). Reload the page and try again.',
  ),
  version_required: refusal(
    428,
    'बदलाव के साथ यह बताना ज़रूरी है कि आप किस संस्करण को बदल रहे हैं।',
    'A change must say which version it changes (If-Match).',
  ),
  too_many_requests: refusal(
    429,
    'बहुत कम समय में बहुत अधिक अनुरोध आए। थोड़ी देर बाद फिर कोशिश करें।',
    'Too many requests in a short time. Try again in a little while.',
  ),
  internal: fault(
    500,
    'हमारी ओर से कोई गड़बड़ी हुई है। थोड़ी देर बाद फिर कोशिश करें; फिर भी न हो तो व्यवस्थापक को अनुरोध संख्या बताएँ।',
    'Something went wrong on our side. Try again; if it persists, give the request number to your administrator.',
  ),
  unavailable: fault(
    503,
    'सेवा इस समय उपलब्ध नहीं है। कुछ क्षण बाद फिर कोशिश करें।',
    'The service is not available at the moment. Try again shortly.',
  ),
  storage_full: fault(
    507,
    'सर्वर पर जगह भर गई है, इसलिए यह सहेजा नहीं जा सका। व्यवस्थापक को बताएँ।',
    'The server has run out of space, so this could not be saved. Tell your administrator.',
  ),
};
