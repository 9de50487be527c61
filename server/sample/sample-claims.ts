import type { ClaimDraft } from '../contract/claim.js';
import type { SampleLogin } from './sample-people.js';

export interface SampleClaim {
  key: string;
  reporter: SampleLogin;
  /** Days before today it was seen. */
  daysAgo: number;
  draft: Omit<ClaimDraft, 'appearances' | 'join'> & {
    channel: NonNullable<ClaimDraft['appearances']>[number]['channel'];
  };
  /** A file of `media/` that carried it. */
  media?: { file: string; kind: 'image' | 'video' | 'audio'; mime: string };
  /** Key of the claim it says the same as. */
  sameAs?: string;
}

/** Invented claims about bodies that do not exist, of the sorts fact-checkers really meet. */
export const sampleClaims: readonly SampleClaim[] = [
  {
    key: 'dam',
    reporter: 'ajmer',
    daysAgo: 3,
    draft: {
      text: 'चंद्रसर बाँध कल रात टूट गया है, देखिए तस्वीर। नीचे के सभी गाँव तुरंत ख़ाली करें, सबको भेजें!',
      language: 'hi',
      claimant: { kind: 'anonymous' },
      reachEstimate: 12000,
      topic: 'weather',
      channel: 'whatsapp',
    },
    media: { file: 'stream.jpg', kind: 'image', mime: 'image/jpeg' },
  },
  {
    key: 'tariff',
    reporter: 'shodh',
    daysAgo: 4,
    draft: {
      text: 'सूर्यपथ बिजली मंडल ने चुपचाप बिजली की दरें 40% बढ़ा दीं, इस महीने से सबका बिल डेढ़ गुना आएगा।',
      language: 'hi',
      claimant: { kind: 'organisation', name: 'जन-पहरा मंच (काल्पनिक)' },
      reachEstimate: 30000,
      topic: 'prices',
      channel: 'facebook',
    },
  },
  {
    key: 'tariff-roman',
    reporter: 'udaipur',
    daysAgo: 2,
    draft: {
      text: 'suryapath bijli mandal ne bijli ki dar 40% badha di hai, agle mahine se bill dedh guna aayega',
      language: 'hi-Latn',
      claimant: { kind: 'anonymous' },
      channel: 'whatsapp',
    },
    sameAs: 'tariff',
  },
  {
    key: 'tariff-english',
    reporter: 'shodh',
    daysAgo: 1,
    draft: {
      text: 'Suryapath Power Board has raised electricity tariffs by 40 percent without any order.',
      language: 'en',
      claimant: { kind: 'anonymous' },
      channel: 'x',
    },
    sameAs: 'tariff',
  },
  {
    key: 'clip',
    reporter: 'shodh',
    daysAgo: 2,
    draft: {
      text: 'वीडियो: नवदीप शिक्षा परिषद की अध्यक्ष ने कहा कि गाँवों के स्कूल बंद कर दिए जाएँगे।',
      language: 'hi',
      kind: 'quote',
      claimant: { kind: 'person', name: 'नवदीप शिक्षा परिषद की अध्यक्ष (काल्पनिक)' },
      reachEstimate: 8000,
      topic: 'education',
      channel: 'instagram',
    },
    media: { file: 'meadow.mp4', kind: 'video', mime: 'video/mp4' },
  },
  {
    key: 'notice',
    reporter: 'shodh',
    daysAgo: 1,
    draft: {
      text: 'NOTICE: All Class 10 examinations of the Navdeep Education Council are cancelled. Marks will be given on attendance.',
      language: 'en',
      claimant: { kind: 'anonymous' },
      reachEstimate: 2500,
      topic: 'education',
      channel: 'telegram',
    },
  },
  {
    key: 'buses',
    reporter: 'ajmer',
    daysAgo: 0,
    draft: {
      text: 'kal se saari bus teen din band rahegi pakki khabar hai sabko bhej do',
      language: 'hi-Latn',
      claimant: { kind: 'unknown' },
      topic: 'transport',
      channel: 'whatsapp',
    },
    media: { file: 'forwarded-voice.ogg', kind: 'audio', mime: 'audio/ogg' },
  },
  {
    key: 'own-figure',
    reporter: 'shodh',
    daysAgo: 0,
    draft: {
      text: 'हमारी बीज-बैंक योजना से इस वर्ष 1,20,000 किसानों को लाभ मिला।',
      language: 'hi',
      kind: 'scheme_figure',
      claimant: { kind: 'organisation', name: 'यह संगठन' },
      topic: 'agriculture',
      channel: 'speech',
    },
  },
];
