/**
 * Words of elections, government, law and the people in them. One line is one meaning; an underscore joins words
 * that stand side by side. Compiled by us for this project.
 */
export const publicLife = `
election poll चुनाव निर्वाचन इलेक्शन चुनावी ਚੋਣ ਚੋਣਾਂ निवडणूक
vote मतदान वोट वोटिंग voting मत ਵੋਟ
voter मतदाता वोटर electorate
ballot मतपत्र बैलेट
evm ईवीएम electronic_voting_machine voting_machine
booth बूथ मतदानकेंद्र polling_station polling_booth
candidate उम्मीदवार प्रत्याशी कैंडिडेट ਉਮੀਦਵਾਰ उमेदवार
constituency क्षेत्र निर्वाचनक्षेत्र चुनावक्षेत्र
campaign अभियान प्रचार कैंपेन मुहिम ਪ੍ਰਚਾਰ
rally रैली जनसभा सभा ਰੈਲੀ
roadshow रोडशो
manifesto घोषणापत्र संकल्पपत्र जाहीरनामा
result परिणाम नतीजा नतीजे रिजल्ट निकाल
victory win won जीत विजय जीता ਜਿੱਤ
defeat lose lost loss हार पराजय हारा
majority बहुमत
opposition विपक्ष विपक्षी विरोधी_दल ਵਿਰੋਧੀ
alliance coalition गठबंधन गठजोड
party पार्टी दल ਪਾਰਟੀ पक्ष
politics political राजनीति सियासत राजनीतिक राजकारण ਸਿਆਸਤ
politician leader नेता राजनेता लीडर ਨੇਤਾ ਆਗੂ
minister मंत्री वजीर ਮੰਤਰੀ
ministry मंत्रालय
prime_minister pm पीएम प्रधानमंत्री वजीरेआजम ਪ੍ਰਧਾਨ_ਮੰਤਰੀ पंतप्रधान प्रधान_मंत्री
chief_minister cm सीएम मुख्यमंत्री मुख्य_मंत्री ਮੁੱਖ_ਮੰਤਰੀ
home_minister गृहमंत्री गृह_मंत्री
finance_minister वित्तमंत्री वित्त_मंत्री
defence_minister defense_minister रक्षामंत्री रक्षा_मंत्री
education_minister शिक्षामंत्री शिक्षा_मंत्री
health_minister स्वास्थ्यमंत्री स्वास्थ्य_मंत्री
foreign_minister विदेशमंत्री विदेश_मंत्री
president राष्ट्रपति potus ਰਾਸ਼ਟਰਪਤੀ
party_president chairman अध्यक्ष प्रधान chief प्रमुख
vice_president उपराष्ट्रपति उपाध्यक्ष
governor राज्यपाल गवर्नर ਰਾਜਪਾਲ
mayor महापौर मेयर
mp सांसद एमपी member_of_parliament ਸੰਸਦ_ਮੈਂਬਰ खासदार
mla विधायक एमएलए ਵਿਧਾਇਕ आमदार
senator सीनेटर sen
representative congressman congresswoman rep प्रतिनिधि
parliament संसद पार्लियामेंट ਸੰਸਦ
lok_sabha लोकसभा लोक_सभा
rajya_sabha राज्यसभा राज्य_सभा
assembly विधानसभा असेंबली विधान_सभा ਵਿਧਾਨ_ਸਭਾ
government govt सरकार शासन गवर्नमेंट ਸਰਕਾਰ
central_government केंद्र_सरकार केंद्रसरकार केंद्र centre
state_government राज्य_सरकार
administration प्रशासन एडमिनिस्ट्रेशन ਪ੍ਰਸ਼ਾਸਨ
democracy लोकतंत्र प्रजातंत्र जनतंत्र लोकशाही ਲੋਕਤੰਤਰ
republic गणतंत्र गणराज्य
independence freedom आजादी स्वतंत्रता ਆਜ਼ਾਦੀ स्वातंत्र्य
constitution संविधान ਸੰਵਿਧਾਨ
law कानून विधि ਕਾਨੂੰਨ कायदा
bill विधेयक बिल
act अधिनियम
ordinance अध्यादेश
amendment संशोधन
policy नीति पॉलिसी
scheme योजना स्कीम yojana ਯੋਜਨਾ
reservation quota आरक्षण कोटा आरक्षित
rule regulation नियम रूल
order आदेश हुक्म ऑर्डर ਹੁਕਮ
notification circular notice अधिसूचना परिपत्र सर्कुलर नोटिस सूचना
ban banned प्रतिबंध पाबंदी रोक बैन बंदी ਪਾਬੰਦੀ
permission approval अनुमति मंजूरी इजाजत परवानगी ਇਜਾਜ਼ਤ
court अदालत न्यायालय कोर्ट कचहरी ਅਦਾਲਤ
supreme_court सुप्रीम_कोर्ट सर्वोच्च_न्यायालय सुप्रीमकोर्ट scotus
high_court हाईकोर्ट हाई_कोर्ट उच्च_न्यायालय
judge justice न्यायाधीश जज जस्टिस ਜੱਜ
verdict judgment judgement ruling फैसला निर्णय ਫੈਸਲਾ
case lawsuit मुकदमा केस मामला sued sue
lawyer advocate attorney वकील अधिवक्ता ਵਕੀਲ
police cop पुलिस पुलिसकर्मी ਪੁਲਿਸ पोलीस
police_station थाना ठाणे थाने
fir एफआईआर प्राथमिकी
arrest arrested गिरफ्तार गिरफ्तारी हिरासत detained अटक ਗ੍ਰਿਫ਼ਤਾਰ
jail prison जेल कारागार कैद तुरुंग ਜੇਲ੍ਹ
prisoner inmate कैदी बंदी
bail जमानत बेल
crime अपराध जुर्म क्राइम गुनाह
criminal अपराधी मुजरिम आरोपी accused
murder kill killed हत्या कत्ल मर्डर खून ਕਤਲ
rape बलात्कार दुष्कर्म रेप ਰੇਪ
attack assault हमला अटैक हल्ला ਹਮਲਾ
violence हिंसा दंगा riot ਹਿੰਸਾ हिंसक violent
terrorist आतंकवादी आतंकी दहशतगर्द ਅੱਤਵਾਦੀ
terrorism terror आतंकवाद आतंक
bomb blast explosion बम धमाका विस्फोट ਧਮਾਕਾ स्फोट
gun firearm rifle weapon बंदूक हथियार राइफल
shooting shot fired गोली फायरिंग गोलीबारी
theft robbery steal stolen चोरी लूट डकैती
fraud scam घोटाला ठगी धोखाधडी स्कैम फ्रॉड ਘੁਟਾਲਾ
corruption corrupt भ्रष्टाचार करप्शन भ्रष्ट ਭ੍ਰਿਸ਼ਟਾਚਾਰ
bribe रिश्वत घूस लाच ਰਿਸ਼ਵਤ
investigation probe inquiry जांच तहकीकात छानबीन ਜਾਂਚ तपास
evidence proof सबूत प्रमाण प्रूफ पुरावा ਸਬੂਤ
allegation allege alleged accuse आरोप इल्जाम ਦੋਸ਼
protest demonstration demonstrator protester विरोध प्रदर्शन आंदोलन धरना ਪ੍ਰਦਰਸ਼ਨ ਧਰਨਾ
strike हडताल बंद संप ਹੜਤਾਲ
resign resignation quit इस्तीफा त्यागपत्र राजीनामा ਅਸਤੀਫਾ
oath शपथ सौगंध कसम
appointed appoint appointment नियुक्त नियुक्ति
suspended suspend suspension निलंबित सस्पेंड निलंबन
dismissed fired sacked बर्खास्त बरखास्त
speech address भाषण स्पीच संबोधन ਭਾਸ਼ਣ
statement remark बयान वक्तव्य टिप्पणी ਬਿਆਨ विधान
promise pledge वादा वचन वायदा ਵਾਅਦਾ
announce announcement announced declare ऐलान घोषणा एलान ਐਲਾਨ
meeting बैठक मीटिंग मुलाकात met ਮੁਲਾਕਾਤ भेट
conference सम्मेलन कांफ्रेंस
officer official अधिकारी अफसर ऑफिसर ਅਧਿਕਾਰੀ ਅਫਸਰ
collector magistrate कलेक्टर जिलाधिकारी डीएम
employee worker staff कर्मचारी मुलाजिम कार्यकर्ता ਮੁਲਾਜ਼ਮ
citizen नागरिक शहरी citizenship नागरिकता ਨਾਗਰਿਕ
people public जनता लोग लोगों अवाम ਲੋਕ
country nation देश राष्ट्र मुल्क वतन ਦੇਸ਼
state राज्य प्रदेश सूबा ਸੂਬਾ
district जिला जनपद ਜ਼ਿਲ੍ਹਾ जिल्हा
village गांव ग्राम देहात ਪਿੰਡ गाव
city town शहर नगर ਸ਼ਹਿਰ
capital राजधानी
municipality municipal_corporation नगरपालिका नगरनिगम नगर_निगम
panchayat पंचायत ਪੰਚਾਇਤ
sarpanch सरपंच
border सीमा बॉर्डर सरहद ਸਰਹੱਦ
refugee शरणार्थी रिफ्यूजी
immigrant migrant प्रवासी अप्रवासी illegal_alien undocumented
infiltrator घुसपैठिया घुसपैठिए
passport पासपोर्ट
visa वीजा
aadhaar aadhar आधार आधारकार्ड
ration_card राशनकार्ड राशन_कार्ड राशन ration
identity_card id_card पहचानपत्र आईडी
flag झंडा ध्वज तिरंगा tricolour tricolor ਝੰਡਾ
national_anthem राष्ट्रगान
army military soldier troop सेना फौज सैनिक जवान ਫੌਜ ਫੌਜੀ लष्कर
navy नौसेना
air_force वायुसेना एयरफोर्स
war युद्ध जंग लडाई ਜੰਗ युद्ध
ceasefire युद्धविराम सीजफायर
missile मिसाइल प्रक्षेपास्त्र
nuclear परमाणु न्यूक्लियर अणु
martyr शहीद शहादत ਸ਼ਹੀਦ
farmer किसान कृषक शेतकरी ਕਿਸਾਨ
labour labor labourer मजदूर श्रमिक कामगार ਮਜ਼ਦੂਰ
trader merchant व्यापारी दुकानदार
student छात्र विद्यार्थी स्टूडेंट छात्रा विद्यार्थिनी ਵਿਦਿਆਰਥੀ
teacher professor शिक्षक अध्यापक टीचर मास्टर ਅਧਿਆਪਕ
doctor physician डॉक्टर चिकित्सक ਡਾਕਟਰ
engineer इंजीनियर अभियंता
scientist researcher वैज्ञानिक साइंटिस्ट
journalist reporter पत्रकार रिपोर्टर संवाददाता ਪੱਤਰਕਾਰ
actor actress अभिनेता अभिनेत्री एक्टर एक्ट्रेस ਅਦਾਕਾਰ
singer गायक गायिका सिंगर ਗਾਇਕ
player athlete खिलाडी प्लेयर ਖਿਡਾਰੀ खेळाडू
businessman industrialist उद्योगपति कारोबारी बिजनेसमैन व्यवसायी
billionaire अरबपति
millionaire करोडपति लखपति
beggar भिखारी
king राजा बादशाह सम्राट
queen रानी महारानी
god भगवान ईश्वर खुदा अल्लाह देव ਰੱਬ
temple मंदिर मन्दिर देवालय ਮੰਦਰ
mosque मस्जिद masjid ਮਸਜਿਦ
church चर्च गिरजाघर
gurdwara gurudwara गुरुद्वारा ਗੁਰਦੁਆਰਾ
priest पुजारी पादरी पंडित
monk saint sage संत साधु बाबा
muslim मुस्लिम मुसलमान islamic इस्लाम इस्लामी islam ਮੁਸਲਮਾਨ ਮੁਸਲਿਮ
hindu हिंदू हिन्दू ਹਿੰਦੂ
sikh सिख ਸਿੱਖ
christian ईसाई क्रिश्चियन ਈਸਾਈ
dalit दलित ਦਲਿਤ
caste जाति जात ਜਾਤ
religion धर्म मजहब religious धार्मिक ਧਰਮ
conversion धर्मांतरण धर्मपरिवर्तन
prayer worship प्रार्थना पूजा नमाज namaz दुआ
procession जुलूस शोभायात्रा यात्रा yatra मार्च march ਯਾਤਰਾ
pilgrimage तीर्थ तीर्थयात्रा हज
festival त्योहार पर्व उत्सव ਤਿਉਹਾਰ सण
statue idol मूर्ति प्रतिमा पुतला ਮੂਰਤੀ
demolish demolition demolished तोडा ध्वस्त गिराया
bulldozer बुलडोजर
encroachment अतिक्रमण कब्जा
`;
