import { foldWord } from './fold.js';

/**
 * Words too common to tell one claim from another, in folded form: Hindi, Punjabi, romanised Hindi, English.
 * Negations stay out: they turn a claim round. Romanised words that are also telling English ones stay out too.
 */
const hindi = `
  का की के को से में मे मैं पर पे ने है हैं हे था थी थे हो होता होती होते और या तो ही भी यह वह ये वे वो इस उस इन उन एक जो कि कर
  करके करते करता करती करने किया किए की लिए लिये साथ गया गयी गई गए गये रहा रही रहे हुआ हुई हुए हुये होने अपने अपनी अपना अब तब तक जब
  कुछ बाद फिर इसके उसके इसकी उसकी इसका उसका उनके उनकी उनका इनके इनकी इसे उसे उन्हें इन्हें उन्होंने इसमें जिसमें द्वारा दिया दी दिए
  कहा हम हमारे आप आपको आपके जी तथा एवं यदि अगर लेकिन मगर क्या कोई किसी सभी वाले वाली वाला जाता जाती जाते जा सकता सकते सकती`;
const punjabi = `
  ਦਾ ਦੀ ਦੇ ਨੂੰ ਨੂਂ ਤੋਂ ਤੋ ਵਿੱਚ ਵਿਚ ਤੇ ਅਤੇ ਨੇ ਹੈ ਹਨ ਸੀ ਸਨ ਹੋ ਕਿ ਜੋ ਇਹ ਉਹ ਇਸ ਉਸ ਇੱਕ ਇਕ ਵੀ ਹੀ ਲਈ ਕਰ ਕੇ ਨਾਲ ਰਿਹਾ ਰਹੀ ਰਹੇ
  ਗਿਆ ਗਈ ਗਏ ਹੋਇਆ ਹੋਈ ਹੋਏ ਕੀਤਾ ਕੀਤੀ ਕਿਹਾ ਆਪਣੇ ਆਪਣੀ ਜਾ ਦਿੱਤਾ ਦਿੱਤੀ ਇਸਦੇ ਤਾਂ ਵਾਲੇ ਵਾਲੀ ਪਰ ਜਾਂ`;
const romanised = `
  ka ki kee ke ko se mein mei me men main par pe ne hai hain hei he tha thi thee the ho hota hoti hote aur or ya to toh hi hee bhi bhee
  yah yeh ye wah vah woh wo vo is iss us uss in un ek jo kar karke karte karta karti karne kiya kiye liye lie saath gaya gayi gai gaye raha
  rahi rahe hua hui hue huye hone apne apni apna ab tab tak jab kuch kuchh baad phir fir iske uske iski uski iska uska unke unki unka isse
  use unhen unhe unhone unhonne dwara diya diye kaha hum ham hamare aap aapko aapke ji tatha evam yadi agar lekin magar kya koi kisi sabhi
  wale wali wala vale vali vala jata jati jate ja sakta sakte sakti`;
const english = `
  a an the of to in on at for from by with and or is are was were be been being it its this that these those as do does did have has had
  he she they him his her hers them their you your yours we us our i my me will would can could about after before over under into than
  then so if but just out up what which who whom when where how all any some more most other such own same too very s t don now via rt amp
  im ive re ll am also there here has said says`;

export const stopWords: ReadonlySet<string> = setOf(hindi, punjabi, romanised, english);
const romanisedOnly = setOf(romanised);
const englishOnly = setOf(english);

function setOf(...lists: string[]): Set<string> {
  return new Set(lists.flatMap((words) => words.trim().split(/\s+/u)).map(foldWord));
}

/** Hindi in Latin letters, told by its small words. */
export function looksRomanised(words: readonly string[]): boolean {
  const count = (list: ReadonlySet<string>) => words.filter((word) => list.has(word)).length;
  const hindiWords = count(romanisedOnly);
  return hindiWords >= 2 && hindiWords > count(englishOnly);
}

/** The words worth comparing; when a text has only common words, those. */
export function contentWords<T extends { word: string }>(tokens: T[]): T[] {
  const content = tokens.filter(({ word }) => !stopWords.has(word));
  return content.length > 0 ? content : tokens;
}
