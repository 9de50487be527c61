import type { FailureCode } from './lists.js';

/** Measured values of a failure, put into its sentence; units are those of the failure's `details`. */
export type FailureDetails = Record<string, number | string>;

/** How a detail is written: bytes as MB, milliseconds as seconds, pixels as megapixels, or as it is. */
export const detailUnits = ['bytes', 'milliseconds', 'pixels', 'count', 'text'] as const;
export type DetailUnit = (typeof detailUnits)[number];

interface FailureWords {
  title: string;
  /** What happened and what to do next. A part in square brackets is left out when a detail in it is unknown. */
  text: string;
}

export interface FailureSpec {
  hi: FailureWords;
  en: FailureWords;
  /** True when doing the same again can only fail again; false when a retry may pass. */
  final: boolean;
  details: Readonly<Record<string, DetailUnit>>;
}

function words(title: string, text: string): FailureWords {
  return { title, text };
}

/** Every reason in both languages, with a next step. No path, program or person appears in one. */
export const failures: Readonly<Record<FailureCode, FailureSpec>> = {
  type_not_allowed: {
    en: words(
      'This kind of file is not taken',
      'Upload a picture (JPEG, PNG, WebP, GIF), a video (MP4, MOV, WebM) or a sound file (MP3, M4A, OGG, WAV).',
    ),
    hi: words(
      'इस प्रकार की फ़ाइल नहीं ली जाती',
      'सामान्य चित्र, वीडियो या ऑडियो फ़ाइल अपलोड करें; फ़ोन के कैमरे या गैलरी की फ़ाइल ठीक रहती है।',
    ),
    final: true,
    details: {},
  },
  type_mismatch: {
    en: words(
      'The file holds something else as well',
      'Behind the picture, film or document lies something that does not belong there[: {actual}]. Export it anew and upload that.',
    ),
    hi: words(
      'फ़ाइल के भीतर कुछ और भी है',
      'चित्र, वीडियो या दस्तावेज़ के पीछे ऐसी सामग्री छिपी है जो वहाँ नहीं होनी चाहिए। इसे फिर से निर्यात करके अपलोड करें।',
    ),
    final: true,
    details: { actual: 'text' },
  },
  empty_file: {
    en: words('The file is empty', 'Nothing arrived. Check the file on your device and upload it again.'),
    hi: words('फ़ाइल ख़ाली है', 'कोई सामग्री नहीं मिली। अपने डिवाइस पर फ़ाइल जाँचें और फिर से अपलोड करें।'),
    final: true,
    details: {},
  },
  damaged: {
    en: words(
      'The file is damaged',
      'It could not be read to its end. Export or download it again and upload the new copy.',
    ),
    hi: words(
      'फ़ाइल ख़राब है',
      'इसे अंत तक पढ़ा नहीं जा सका। मूल फ़ाइल दोबारा निर्यात या डाउनलोड करें और नई प्रति अपलोड करें।',
    ),
    final: true,
    details: {},
  },
  heic_not_supported: {
    en: words(
      'iPhone HEIC pictures cannot be read',
      'On the iPhone choose Settings, Camera, Formats, Most Compatible, or share the picture as JPEG, and upload it again.',
    ),
    hi: words(
      'आईफ़ोन का यह चित्र-प्रारूप नहीं पढ़ा जा सकता',
      'आईफ़ोन में सेटिंग, कैमरा, फ़ॉर्मैट में "सबसे संगत" चुनें या चित्र को सामान्य फ़ोटो के रूप में साझा करें, फिर अपलोड करें।',
    ),
    final: true,
    details: {},
  },
  svg_not_allowed: {
    en: words(
      'SVG drawings are not taken',
      'A drawing of this kind can carry programs. Export it as PNG and upload that.',
    ),
    hi: words(
      'यह रेखाचित्र प्रारूप नहीं लिया जाता',
      'ऐसी फ़ाइल में प्रोग्राम छिपा हो सकता है। इसे सामान्य चित्र के रूप में निर्यात करके अपलोड करें।',
    ),
    final: true,
    details: {},
  },
  playlist_not_allowed: {
    en: words('This is a list, not a video', 'The file only points to other files. Upload the video itself.'),
    hi: words('यह वीडियो नहीं, सूची है', 'यह फ़ाइल केवल दूसरी फ़ाइलों की ओर इशारा करती है। स्वयं वीडियो अपलोड करें।'),
    final: true,
    details: {},
  },
  too_many_pixels: {
    en: words(
      'The picture is too large',
      'It has too many pixels[: {actual}, the limit is {limit}]. Make it smaller and upload it again.',
    ),
    hi: words(
      'चित्र बहुत बड़ा है',
      'इसमें बहुत अधिक पिक्सेल हैं[: {actual}, सीमा {limit}]। इसे छोटा करके फिर से अपलोड करें।',
    ),
    final: true,
    details: { limit: 'pixels', actual: 'pixels' },
  },
  too_many_frames: {
    en: words(
      'The moving picture is too long or too large',
      'It holds too many frames[: {actual}, the limit is {limit}]. Upload it as a video or shorten it.',
    ),
    hi: words(
      'चलचित्र बहुत लंबा या बड़ा है',
      'इसमें बहुत अधिक फ़्रेम हैं[: {actual}, सीमा {limit}]। इसे छोटा करें या वीडियो के रूप में अपलोड करें।',
    ),
    final: true,
    details: { limit: 'count', actual: 'count' },
  },
  too_long: {
    en: words(
      'Too long for this format',
      'It runs too long[: {actual}, the limit is {limit}]. Trim it or send it as a document.',
    ),
    hi: words(
      'इस प्रारूप के लिए बहुत लंबा',
      'अवधि सीमा से अधिक है[: {actual}, सीमा {limit}]। इसे काटकर छोटा करें या दस्तावेज़ के रूप में भेजें।',
    ),
    final: true,
    details: { limit: 'milliseconds', actual: 'milliseconds' },
  },
  too_short: {
    en: words(
      'Too short for this format',
      'It is too short[: {actual}, at least {limit} is needed]. Upload a longer one or choose another format.',
    ),
    hi: words(
      'इस प्रारूप के लिए बहुत छोटा',
      'अवधि कम है[: {actual}, कम से कम {limit} चाहिए]। लंबी फ़ाइल अपलोड करें या दूसरा प्रारूप चुनें।',
    ),
    final: true,
    details: { limit: 'milliseconds', actual: 'milliseconds' },
  },
  too_many_streams: {
    en: words(
      'The video holds too many tracks',
      'It holds too many tracks[: {actual}, the limit is {limit}]. Export it with one picture and one sound track.',
    ),
    hi: words(
      'वीडियो में बहुत अधिक ट्रैक हैं',
      'ट्रैक सीमा से अधिक हैं[: {actual}, सीमा {limit}]। एक चित्र और एक ध्वनि ट्रैक के साथ फिर निर्यात करें।',
    ),
    final: true,
    details: { limit: 'count', actual: 'count' },
  },
  no_video_stream: {
    en: words(
      'There is no picture and no sound in it',
      'The file has a media name but nothing to show or play. Export it again and upload the new copy.',
    ),
    hi: words(
      'इसमें न चित्र है न ध्वनि',
      'फ़ाइल में दिखाने या सुनाने योग्य कुछ नहीं मिला। इसे फिर से निर्यात करके नई प्रति अपलोड करें।',
    ),
    final: true,
    details: {},
  },
  no_audio_stream: {
    en: words(
      'The video has no sound',
      'A voice note needs sound. Choose another format or upload a file with sound.',
    ),
    hi: words('वीडियो में ध्वनि नहीं है', 'वॉइस नोट के लिए ध्वनि चाहिए। दूसरा प्रारूप चुनें या ध्वनि वाली फ़ाइल अपलोड करें।'),
    final: true,
    details: {},
  },
  duration_mismatch: {
    en: words(
      'Part of the file is missing',
      'The file promises more than could be read[: {limit}, but only {actual}]. Upload the complete file again.',
    ),
    hi: words(
      'फ़ाइल का कुछ भाग नहीं है',
      'फ़ाइल में बताई गई अवधि से कम सामग्री मिली[: {limit} में से {actual}]। पूरी फ़ाइल फिर से अपलोड करें।',
    ),
    final: true,
    details: { limit: 'milliseconds', actual: 'milliseconds' },
  },
  does_not_fit_bytes: {
    en: words(
      'It cannot be made small enough',
      'It does not fit the platform at a watchable quality[ (limit {limit})]. Trim it[ to {longest}] or send it as a document.',
    ),
    hi: words(
      'इसे पर्याप्त छोटा नहीं किया जा सका',
      'देखने लायक गुणवत्ता में यह मंच की सीमा में नहीं आता[ (सीमा {limit})]। इसे काटकर[ {longest} तक] छोटा करें या दस्तावेज़ के रूप में भेजें।',
    ),
    final: true,
    details: { limit: 'bytes', actual: 'bytes', longest: 'milliseconds' },
  },
  too_small: {
    en: words(
      'The picture is too small',
      'It has too few pixels to be shown[: its shorter edge has {actual}, at least {limit} are needed]. Upload the original.',
    ),
    hi: words(
      'चित्र बहुत छोटा है',
      'दिखाने के लिए पिक्सेल कम हैं[: छोटा किनारा {actual}, कम से कम {limit} चाहिए]। मूल चित्र अपलोड करें।',
    ),
    final: true,
    details: { limit: 'count', actual: 'count' },
  },
  wrong_kind_for_format: {
    en: words(
      'This format is made from another kind of file',
      'A picture, a video and a sound each have their own formats. Choose a format that fits the file.',
    ),
    hi: words(
      'यह प्रारूप दूसरी तरह की फ़ाइल से बनता है',
      'चित्र, वीडियो और ध्वनि के अपने-अपने प्रारूप हैं। फ़ाइल के अनुसार प्रारूप चुनें।',
    ),
    final: true,
    details: {},
  },
  text_does_not_fit: {
    en: words(
      'A text does not fit',
      'In this format it cannot be written large enough to be read[: “{text}”]. Shorten it or choose a larger format.',
    ),
    hi: words(
      'पाठ समाता नहीं',
      'इस प्रारूप में यह पढ़ने लायक आकार में नहीं आता[: “{text}”]। पाठ छोटा करें या बड़ा प्रारूप चुनें।',
    ),
    final: true,
    details: { text: 'text' },
  },
  text_not_drawable: {
    en: words(
      'A text has characters that cannot be drawn',
      'The font has no shape for some of its characters[: {characters}][ in “{text}”]. Write it in Devanagari or Latin letters.',
    ),
    hi: words(
      'पाठ के कुछ अक्षर लिखे नहीं जा सकते',
      'फ़ॉन्ट में कुछ अक्षरों का आकार नहीं है[: {characters}][, पाठ “{text}”]। पाठ देवनागरी या रोमन अक्षरों में लिखें।',
    ),
    final: true,
    details: { text: 'text', characters: 'text' },
  },
  subtitles_not_readable: {
    en: words(
      'The subtitles cannot be read',
      'They are not in the order of an SRT or VTT file[, see line {line}]. Correct the file and add it again.',
    ),
    hi: words(
      'उपशीर्षक पढ़े नहीं जा सके',
      'फ़ाइल एसआरटी या वीटीटी के ढंग से नहीं लिखी है[, पंक्ति {line} देखें]। फ़ाइल ठीक करके फिर से जोड़ें।',
    ),
    final: true,
    details: { line: 'count' },
  },
  subtitles_not_supported: {
    en: words(
      'This server cannot write subtitles',
      'Its video program was built without the part for them. Tell an administrator, or make the video without subtitles.',
    ),
    hi: words(
      'यह सर्वर उपशीर्षक नहीं लिख सकता',
      'सर्वर के वीडियो प्रोग्राम में इसका भाग नहीं है। प्रशासक को बताएँ या बिना उपशीर्षक के वीडियो बनाएँ।',
    ),
    final: true,
    details: {},
  },
  codec_not_allowed: {
    en: words(
      'The video uses a rare way of recording',
      'This way of recording is not taken[: {actual}]. Export it as MP4 (H.264 with AAC sound) and upload that.',
    ),
    hi: words(
      'वीडियो की रिकॉर्डिंग का तरीक़ा असामान्य है',
      'इस तरह की रिकॉर्डिंग नहीं ली जाती। वीडियो को सामान्य फ़ोन वीडियो के रूप में निर्यात करके अपलोड करें।',
    ),
    final: true,
    details: { actual: 'text' },
  },
  memory_limit: {
    en: words(
      'The file needs too much memory',
      'Working on it took more memory than is allowed. It is tried again; if it fails again, upload a smaller version.',
    ),
    hi: words(
      'फ़ाइल के लिए बहुत अधिक मेमोरी चाहिए',
      'काम अनुमत मेमोरी से बाहर गया। फिर कोशिश की जाएगी; दोबारा विफल हो तो छोटी फ़ाइल अपलोड करें।',
    ),
    final: false,
    details: {},
  },
  time_limit: {
    en: words(
      'It took too long',
      'The work was stopped at its time limit. It is tried again; if it fails again, upload a shorter or smaller file.',
    ),
    hi: words(
      'इसमें बहुत समय लगा',
      'समय सीमा पर काम रोक दिया गया। फिर कोशिश की जाएगी; दोबारा विफल हो तो छोटी फ़ाइल अपलोड करें।',
    ),
    final: false,
    details: { limit: 'milliseconds' },
  },
  stalled: {
    en: words(
      'The work stopped moving',
      'Nothing happened for a while, so it was stopped. It is tried again; if it fails again, export the file anew.',
    ),
    hi: words(
      'काम बीच में रुक गया',
      'कुछ देर तक प्रगति नहीं हुई, इसलिए काम रोका गया। फिर कोशिश होगी; दोबारा विफल हो तो फ़ाइल फिर निर्यात करें।',
    ),
    final: false,
    details: {},
  },
  disk_full: {
    en: words(
      'The server has no space left',
      'Nothing is wrong with your file. Tell an administrator; the work goes on when there is space.',
    ),
    hi: words('सर्वर में जगह नहीं बची', 'आपकी फ़ाइल में कोई दोष नहीं है। प्रशासक को बताएँ; जगह होने पर काम आगे बढ़ेगा।'),
    final: false,
    details: {},
  },
  output_not_valid: {
    en: words(
      'The made file did not pass its check',
      'It does not meet the rules of the platform, so it was not kept. Try another format and tell an administrator.',
    ),
    hi: words(
      'बनी फ़ाइल जाँच में खरी नहीं उतरी',
      'यह मंच के नियम पूरे नहीं करती, इसलिए नहीं रखी गई। दूसरा प्रारूप आज़माएँ और प्रशासक को बताएँ।',
    ),
    final: true,
    details: { field: 'text', limit: 'text', actual: 'text' },
  },
  gave_up_after_crashes: {
    en: words(
      'Given up after several crashes',
      'The work broke off several times. Export the file anew and upload it again, or tell an administrator.',
    ),
    hi: words(
      'कई बार टूटने के बाद काम छोड़ा गया',
      'काम कई बार बीच में टूटा। फ़ाइल फिर से निर्यात करके अपलोड करें या प्रशासक को बताएँ।',
    ),
    final: true,
    details: {},
  },
  cancelled: {
    en: words('Cancelled', 'Someone stopped this work. Start it again when it is wanted.'),
    hi: words('रद्द किया गया', 'किसी ने यह काम रोक दिया। ज़रूरत हो तो फिर से शुरू करें।'),
    final: true,
    details: {},
  },
  internal: {
    en: words(
      'Something went wrong on the server',
      'Nothing is known to be wrong with your file. It is tried again; if it fails again, tell an administrator.',
    ),
    hi: words(
      'सर्वर में गड़बड़ी हुई',
      'आपकी फ़ाइल में कोई दोष ज्ञात नहीं है। फिर कोशिश की जाएगी; दोबारा विफल हो तो प्रशासक को बताएँ।',
    ),
    final: false,
    details: {},
  },
};
