import type { CheckEdit, EvidenceDraft } from '../contract/check.js';

export interface SampleCheck {
  /** The claim whose cluster it checks. */
  claim: string;
  edit: CheckEdit;
  evidence: EvidenceDraft[];
  /** How far it has come. */
  upTo: 'in_review' | 'verified';
}

/** Sources are of bodies that do not exist; their addresses use a domain reserved for examples (RFC 2606). */
export const sampleChecks: readonly SampleCheck[] = [
  {
    claim: 'dam',
    upTo: 'verified',
    edit: {
      verdict: 'false',
      authenticity: 'old_or_other_event',
      texts: {
        hi: {
          headline: 'चंद्रसर बाँध सुरक्षित है; तस्वीर पुरानी और दूसरी जगह की है।',
          summary:
            'वायरल तस्वीर एक पहाड़ी सैर की पुरानी फ़ोटो है, जो वर्षों पहले एक फ़ोटो-संग्रह में छपी थी। जल संसाधन मंडल के आज के प्रतिवेदन में बाँध का जलस्तर सामान्य है और कोई रिसाव दर्ज नहीं है। किसी गाँव को ख़ाली करने का आदेश नहीं दिया गया।',
        },
        en: {
          headline: 'Chandrasar dam is safe; the photograph is old and from another place.',
          summary:
            'The photograph was published years ago in a collection of hill walks. The water resources board’s report of today records a normal level and no seepage. No village was told to leave.',
        },
      },
    },
    evidence: [
      {
        publisher: 'जल संसाधन मंडल (काल्पनिक)',
        url: 'https://water-board.example/daily/2026',
        tier: 'official',
        stance: 'refutes',
        quote: 'चंद्रसर: जलस्तर सामान्य, रिसाव शून्य।',
      },
      {
        publisher: 'पहाड़ी सैर फ़ोटो-संग्रह (काल्पनिक)',
        url: 'https://hill-walks.example/album/7',
        tier: 'primary',
        stance: 'refutes',
        interestNote: 'फ़ोटोग्राफ़र का अपना संग्रह; तस्वीर की मूल तारीख़ यहीं है।',
      },
    ],
  },
  {
    claim: 'tariff',
    upTo: 'verified',
    edit: {
      verdict: 'misleading',
      texts: {
        hi: {
          headline: 'दरें 4% बढ़ी हैं, 40% नहीं, और वह भी केवल 500 यूनिट से ऊपर की खपत पर।',
          summary:
            'मंडल के दर-आदेश में 500 यूनिट से अधिक घरेलू खपत पर 4% की बढ़ोतरी है। 500 यूनिट तक की दरें नहीं बदलीं। “40%” एक शून्य जोड़कर बनाई गई पुरानी पोस्ट से फैला।',
        },
        en: {
          headline: 'Tariffs rose by 4%, not 40%, and only above 500 units.',
          summary:
            'The board’s tariff order raises domestic rates above 500 units by 4%. Rates up to 500 units are unchanged. “40%” comes from an old post that added a zero.',
        },
      },
    },
    evidence: [
      {
        publisher: 'सूर्यपथ बिजली मंडल (काल्पनिक)',
        url: 'https://suryapath-power.example/orders/12-2026',
        tier: 'primary',
        stance: 'refutes',
        quote: '500 यूनिट से अधिक: 4 प्रतिशत वृद्धि। अन्य श्रेणियाँ यथावत।',
      },
      {
        publisher: 'दैनिक उजाला-पथ (काल्पनिक)',
        url: 'https://ujala-path.example/news/tariff',
        tier: 'press',
        stance: 'refutes',
      },
    ],
  },
  {
    claim: 'clip',
    upTo: 'in_review',
    edit: {
      verdict: 'missing_context',
      authenticity: 'cropped',
      texts: {
        hi: {
          headline: 'वीडियो काटा गया है; पूरा वाक्य स्कूल बंद करने के विरोध में था।',
          summary:
            'पूरे वीडियो में अध्यक्ष कहती हैं: “कुछ लोग चाहते हैं कि गाँवों के स्कूल बंद कर दिए जाएँ; हम ऐसा नहीं होने देंगे।” वायरल टुकड़े में वाक्य का पहला और अंतिम भाग हटा दिया गया है।',
        },
      },
    },
    evidence: [
      {
        publisher: 'नवदीप शिक्षा परिषद (काल्पनिक)',
        url: 'https://navdeep-council.example/meeting/full-video',
        tier: 'primary',
        stance: 'refutes',
        interestNote: 'परिषद स्वयं इस मामले में पक्ष है।',
      },
      {
        publisher: 'जनपद समाचार (काल्पनिक)',
        url: 'https://janpad-samachar.example/council',
        tier: 'press',
        stance: 'refutes',
      },
    ],
  },
];
