/**
 * Words of what people do and what happens to them. One line is one meaning; an underscore joins words that stand side
 * by side. Compiled by us for this project.
 */
export const deeds = `
buy bought purchase खरीद खरीदा खरीदी खरीदना ਖਰੀਦ खरेदी kharida
sell sold sale बेच बेचा बेची बिक्री बिकी ਵੇਚ विक्री becha
eat ate eaten खाना_खाया खाया खाई खाते ਖਾਧਾ khaya
drink drank पीना पिया पीते piya
wear wore worn wearing पहना पहनी पहने पहनकर पहनना pehna
steal stole stolen चुराया चुराई churaya
escape escaped flee fled भागा भागे फरार ਭੱਜ पळून farar
rescue rescued saved बचाया बचाई बचाव ਬਚਾਇਆ वाचवले bachaya
drown drowned डूबा डूबी डूबने डूबकर ਡੁੱਬ बुडून
missing lost_child लापता गुमशुदा गायब ਲਾਪਤਾ बेपत्ता laapata
kidnap kidnapped abduct abducted अपहरण अगवा किडनैप ਅਗਵਾ apharan
suicide आत्महत्या खुदकुशी सुसाइड ਖੁਦਕੁਸ਼ੀ khudkushi
hang hanged फांसी ਫਾਂਸੀ फाशी fansi
stab stabbed knife चाकू चाकूबाजी ਚਾਕੂ chaku
sword तलवार तलवारें ਤਲਵਾਰ talwar
stone stones pelting stone_pelting पत्थर पत्थरबाजी पथराव ਪੱਥਰ दगडफेक pathar
slap slapped थप्पड़ थप्पड ਥੱਪੜ thappad
abuse abused गाली गालियां अपशब्द gaali
harass harassed harassment छेड़छाड़ उत्पीड़न प्रताड़ित
cheat cheated धोखा ठगी ਠੱਗੀ dhokha
lie lied lying झूठ_बोला
reveal revealed expose exposed खुलासा पर्दाफाश ਖੁਲਾਸਾ khulasa
warn warned चेताया चेतावनी_दी
accept accepted स्वीकार मंजूर कबूल manzoor
reject rejected refuse refused इनकार इंकार ठुकराया अस्वीकार ਇਨਕਾਰ नाकारला inkar
cancel cancelled canceled रद्द निरस्त कैंसिल ਰੱਦ radd
delay delayed postpone postponed स्थगित टला टाला
increase increased rise rose बढ़ा बढ़ी बढ़ोतरी वृद्धि इजाफा ਵਾਧਾ वाढ badhotari
decrease decreased reduce reduced घटा घटी कटौती ਘਟ घट katauti
inaugurate inaugurated inauguration उद्घाटन लोकार्पण ਉਦਘਾਟਨ udghatan
welcome welcomed स्वागत ਸਵਾਗਤ swagat
visit visited दौरा दौरे ਦੌਰਾ daura
arrive arrived reach reached पहुंचा पहुंची पहुंचे ਪਹੁੰਚ pahuncha
return returned लौटा लौटे लौटी वापस ਵਾਪਸ wapas परत
join joined शामिल ਸ਼ਾਮਲ सामील shamil
quit छोड़ा छोड़ी ਛੱਡ
celebrate celebrated celebration जश्न मनाया मनाई ਜਸ਼ਨ jashn
gift gifted तोहफा उपहार भेंट गिफ्ट ਤੋਹਫ਼ਾ tohfa
distribute distributed बांटा बांटी बांटे वितरण ਵੰਡ वाटप baanta
snatch snatched छीना छीनी लूट_लिया
chant chanted slogan slogans नारा नारे नारेबाजी ਨਾਅਰੇ घोषणाबाजी nare
dig dug digging excavation खुदाई खोदा ਖੁਦਾਈ
grave graveyard cemetery kabr कब्र कब्रिस्तान ਕਬਰ kabar
funeral cremation last_rites अंतिम_संस्कार अंत्येष्टि जनाजा शवयात्रा ਸਸਕਾਰ
tribute homage श्रद्धांजलि ਸ਼ਰਧਾਂਜਲੀ shraddhanjali
miracle miraculous चमत्कार ਚਮਤਕਾਰ chamatkar
ghost भूत प्रेत चुड़ैल ਭੂਤ bhoot
shout shouted scream screamed चिल्लाया चिल्लाई
crowd भीड़ जनसैलाब ਭੀੜ गर्दी bheed
queue कतार कतारें लाइन_में ਕਤਾਰ रांग
garland माला फूलमाला ਮਾਲਾ mala
portrait painting पेंटिंग चित्रकला
jewellery jewelry ring necklace गहने जेवर आभूषण अंगूठी ਗਹਿਣੇ दागिने
hat cap टोपी टोपियां ਟੋਪੀ topi
unborn fetus foetus womb भ्रूण गर्भ ਭਰੂਣ
orphan orphanage अनाथ अनाथालय ਅਨਾਥ
widow विधवा ਵਿਧਵਾ
drone drones ड्रोन ਡਰੋਨ
camera cctv सीसीटीवी कैमरा कैमरे ਕੈਮਰਾ
wall fence दीवार बाड़ ਕੰਧ भिंत deewar
park garden पार्क बगीचा उद्यान ਪਾਰਕ
field खेत मैदान ਖੇਤ शेत maidan
borewell कुआं कुएं ਖੂਹ विहीर
pit pothole गड्ढा गड्ढे खड्डा ਟੋਆ gaddha
garbage trash waste कचरा कूड़ा ਕੂੜਾ kachra
tower mast टावर मोबाइल_टावर ਟਾਵਰ
satellite उपग्रह सैटेलाइट ਸੈਟੇਲਾਈਟ
rocket रॉकेट ਰਾਕੇਟ
moon_landing chandrayaan चंद्रयान ਚੰਦਰਯਾਨ
robot artificial_intelligence ai कृत्रिम_बुद्धिमत्ता एआई
deepfake डीपफेक
hack hacked hacker हैक हैकर ਹੈਕ
password otp पासवर्ड ओटीपी
penalty जुर्माना चालान ਜੁਰਮਾਨਾ दंड jurmana challan
licence license लाइसेंस ਲਾਇਸੈਂਸ
tomb mausoleum मकबरा मजार दरगाह ਮਜ਼ਾਰ
curfew कर्फ्यू ਕਰਫਿਊ
hunger_strike fast_unto_death अनशन भूख_हड़ताल ਭੁੱਖ_ਹੜਤਾਲ anshan
strike_shutdown bandh bharat_bandh हड़ताल चक्काजाम ਹੜਤਾਲ संप hartal
`;
