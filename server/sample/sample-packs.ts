import type { CardDraft } from '../contract/card.js';
import type { PackEdit } from '../contract/pack.js';

interface SampleWork {
  key: string;
  /** None: it is only on a card. */
  formats: string[];
}

/** A file a designer uploads. */
export interface SampleUpload extends SampleWork {
  file: string;
  kind: 'image' | 'video';
  mime: string;
  title: { hi: string; en: string };
  altText: { hi: string; en: string };
  rights: string;
  credit: string;
}

/** A card made of a verified fact. */
export interface SampleCard extends SampleWork {
  /** The claim whose fact it shows. */
  claim: string;
  draft: Omit<CardDraft, 'imageCreativeId'>;
  /** Key of the upload that is on it. */
  picture?: string;
}

export const sampleUploads: readonly SampleUpload[] = [
  {
    key: 'photo-dam',
    file: 'stream.jpg',
    kind: 'image',
    mime: 'image/jpeg',
    title: { hi: 'पहाड़ी सैर की पुरानी तस्वीर', en: 'The old photograph of a hill walk' },
    altText: {
      hi: 'जंगल में पत्थरों के बीच बहती पहाड़ी धारा।',
      en: 'A hill stream running between rocks in a wood.',
    },
    rights: 'CC BY 4.0',
    credit: 'Aitzol Berasategi',
    formats: [],
  },
  {
    key: 'film',
    file: 'meadow.mp4',
    kind: 'video',
    mime: 'video/mp4',
    title: { hi: 'छोटा वीडियो', en: 'Short film' },
    altText: { hi: 'घास के मैदान में एक खरगोश।', en: 'A rabbit in a meadow.' },
    rights: 'CC BY 3.0',
    credit: 'Big Buck Bunny © 2008 Blender Foundation',
    formats: ['whatsapp_video'],
  },
];

export const sampleCards: readonly SampleCard[] = [
  {
    key: 'card-tariff',
    claim: 'tariff',
    draft: { template: 'plain', language: 'hi', claim: 'बिजली की दरें चुपचाप 40% बढ़ा दी गईं' },
    formats: ['whatsapp_image', 'feed_image_4x5', 'x_image'],
  },
  {
    key: 'card-dam',
    claim: 'dam',
    draft: { template: 'photo', language: 'hi', claim: 'चंद्रसर बाँध कल रात टूट गया, देखिए तस्वीर' },
    picture: 'photo-dam',
    formats: ['whatsapp_image', 'feed_image_1x1'],
  },
];

export interface SamplePack {
  key: string;
  claims: string[];
  /** Keys of uploads and cards. */
  creatives: string[];
  content: Omit<PackEdit, 'factIds' | 'renditionIds'>;
  /** Codes of the units it is released to; empty leaves it in review. */
  releasedTo: string[];
}

export const samplePacks: readonly SamplePack[] = [
  {
    key: 'pack-tariff',
    claims: ['tariff'],
    creatives: ['card-tariff', 'film'],
    releasedTo: ['RJ-D86'],
    content: {
      texts: {
        hi: {
          title: 'बिजली दरें 4% बढ़ीं, 40% नहीं',
          sourcesSlip: 'दर-आदेश 12/2026, सूर्यपथ बिजली मंडल (काल्पनिक)',
        },
        en: {
          title: 'Tariffs rose 4%, not 40%',
          sourcesSlip: 'Tariff order 12/2026, Suryapath Power Board (fictional)',
        },
      },
      captions: [
        {
          language: 'hi',
          platform: 'whatsapp',
          text: '✔ सच जानिए: बिजली की दरें 40% नहीं, केवल 4% बढ़ी हैं, और वह भी 500 यूनिट से ऊपर। पुरानी ग़लत पोस्ट आगे न भेजें।',
        },
        {
          language: 'hi',
          platform: 'x',
          text: 'दावा: बिजली दरें 40% बढ़ीं। सच: 4%, केवल 500 यूनिट से ऊपर की खपत पर। दर-आदेश 12/2026।',
        },
        {
          language: 'en',
          platform: 'whatsapp',
          text: 'Tariffs rose by 4%, not 40%, and only above 500 units. Please do not forward the old post.',
        },
      ],
      talkingPoints: {
        hi: [
          '500 यूनिट तक किसी का बिल नहीं बदला।',
          'आदेश में बढ़ोतरी 4 प्रतिशत है; “40” में एक शून्य जोड़ा गया है।',
          'आदेश मंडल के दफ़्तर और वेबसाइट पर देखा जा सकता है।',
        ],
        en: ['No bill up to 500 units has changed.', 'The order says 4 percent; a zero was added.'],
      },
    },
  },
  {
    key: 'pack-dam',
    claims: ['dam'],
    creatives: ['card-dam'],
    releasedTo: [],
    content: {
      texts: {
        hi: { title: 'चंद्रसर बाँध सुरक्षित है', sourcesSlip: 'जल संसाधन मंडल का दैनिक प्रतिवेदन (काल्पनिक)' },
        en: {
          title: 'Chandrasar dam is safe',
          sourcesSlip: 'Daily report of the water resources board (fictional)',
        },
      },
      captions: [
        {
          language: 'hi',
          platform: 'whatsapp',
          text: 'चंद्रसर बाँध सुरक्षित है। फैलाई जा रही तस्वीर पुरानी है और दूसरी जगह की है। घबराएँ नहीं, पुष्टि के बिना आगे न भेजें।',
        },
      ],
      talkingPoints: { hi: ['जलस्तर सामान्य है।', 'किसी गाँव को ख़ाली करने का आदेश नहीं है।'] },
    },
  },
];
