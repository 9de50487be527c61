import type { SearchSet } from './search-set.js';

/** Written for this project about nothing in particular; small, so that anyone can run the bench. */
const claims = `
कल से राज्य के सभी सरकारी स्कूल दस दिन बंद रहेंगे
बिजली का बिल अब हर महीने दोगुना आएगा
टोल प्लाज़ा पर दोपहिया वाहनों से भी शुल्क लिया जाएगा
नहर का पानी तीन दिन बाद छोड़ा जाएगा
जिला अस्पताल में मुफ़्त जाँच की सुविधा बंद कर दी गई
किसानों के खाते में 5 लाख रुपये आने वाले हैं
परीक्षा का प्रश्नपत्र एक दिन पहले लीक हो गया
नमक की कमी से दुकानों पर लंबी कतारें लगीं
पुल का उद्घाटन होने से पहले ही उसमें दरार आ गई
मतदान केंद्र पर मोबाइल ले जाने पर जेल होगी
राशन कार्ड न दिखाने पर बच्चों का दाख़िला रुकेगा
शहर में तेंदुआ घुस आया, लोग घरों में रहें
Drinking water in the old town is mixed with factory waste
A new tax will be taken from every savings account next month
The river dam has broken and ten villages are under water
Vaccination camps are closed because of side effects
Photo shows a train that fell from the new bridge
Voters without a passport cannot vote in this election
`;
const forwards: [number, string][] = [
  [0, 'सभी को सूचना! राज्य के सरकारी स्कूल कल से 10 दिन के लिए बंद। आगे भेजें'],
  [1, 'अब बिजली बिल हर माह दुगुना, सरकार का फैसला https://example.org/x'],
  [2, 'दोपहिया गाड़ी वालों सावधान, टोल प्लाजा पर अब आपसे भी पैसे लेंगे'],
  [3, 'naher ka pani teen din baad chhoda jayega, khet taiyar rakhiye'],
  [4, 'jila aspatal me muft jaanch band kar di gayi hai'],
  [5, 'kisano ke khate me 500000 rupaye aane wale hain jaldi form bharo'],
  [6, 'paper leak: pariksha ka prashnpatra ek din pehle hi bahar aa gaya'],
  [7, 'salt ki kami ho gayi dukano par lambi line'],
  [8, 'The bridge has a crack even before its inauguration'],
  [9, 'Carrying a mobile to the polling booth means jail'],
  [10, 'राशनकार्ड नहीं दिखाया तो स्कूल में दाखिला नहीं मिलेगा'],
  [11, 'leopard enters city stay home sab log ghar me rahe तेंदुआ'],
  [12, 'Factory waste found in the drinking water of old town, boil it!'],
  [13, 'Government will take new tax from all savings accounts from next month'],
  [14, 'बांध टूटा, दस गांव पानी में डूबे'],
  [15, 'side effects के कारण टीकाकरण शिविर बंद'],
];
const typed: [number, string][] = [
  [0, 'sarkari skool band'],
  [1, 'bijlee bil doguna'],
  [2, 'tol plaza shulk'],
  [3, 'नहर पनी'],
  [4, 'असपताल जांच'],
  [5, 'kisan 5 lakh'],
  [6, 'प्रशनपत्र लीक'],
  [8, 'udghatan darar'],
  [9, 'matdan mobail'],
  [11, 'tendua shahr'],
  [12, 'drinkng water factry'],
  [14, 'dam brokn'],
];

export function ownSets(): SearchSet[] {
  const facts = claims
    .trim()
    .split('\n')
    .map((text, at) => ({ id: `f${at}`, text }));
  const setOf = (name: string, asked: [number, string][], isTyped: boolean): SearchSet => ({
    name,
    facts,
    queries: asked.map(([, text], at) => ({ id: `q${at}`, text, lang: 'und' })),
    relevant: new Map(asked.map(([fact], at) => [`q${at}`, new Set([`f${fact}`])])),
    typed: isTyped,
  });
  return [setOf('own-forwards', forwards, false), setOf('own-typed', typed, true)];
}
