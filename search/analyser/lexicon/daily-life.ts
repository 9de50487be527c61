/**
 * Words of health, weather, money, work, transport and home. One line is one meaning; an underscore joins words
 * that stand side by side. Compiled by us for this project.
 */
export const dailyLife = `
health स्वास्थ्य सेहत हेल्थ आरोग्य ਸਿਹਤ
hospital clinic अस्पताल हॉस्पिटल चिकित्सालय रुग्णालय ਹਸਪਤਾਲ
disease illness रोग बीमारी आजार ਬਿਮਾਰੀ
virus वायरस विषाणु ਵਾਇਰਸ
corona coronavirus covid covid19 कोरोना कोविड कोरोनावायरस ਕੋਰੋਨਾ
infection infected संक्रमण संक्रमित
epidemic pandemic महामारी
vaccine vaccination vaccinated inoculation टीका वैक्सीन टीकाकरण लस ਟੀਕਾ
medicine drug दवा दवाई औषधि मेडिसिन ਦਵਾਈ औषध
treatment cure therapy इलाज उपचार ਇਲਾਜ
patient मरीज रोगी पेशेंट ਮਰੀਜ਼
surgery operation सर्जरी ऑपरेशन
injection इंजेक्शन सुई
fever बुखार ज्वर ਬੁਖਾਰ ताप
cold_cough cough खांसी जुकाम सर्दी
cancer कैंसर कर्करोग ਕੈਂਸਰ
diabetes sugar_disease मधुमेह डायबिटीज
heart_attack दिल_का_दौरा हार्टअटैक हार्ट_अटैक
kidney किडनी गुर्दा
lung फेफडे फेफडा
blood खून रक्त लहू ਖੂਨ
brain दिमाग मस्तिष्क ਦਿਮਾਗ
eye आंख आंखें नेत्र ਅੱਖ
body शरीर देह बॉडी लाश corpse dead_body ਸਰੀਰ ਲਾਸ਼
oxygen ऑक्सीजन
mask मास्क
lockdown लॉकडाउन तालाबंदी
quarantine क्वारंटीन आइसोलेशन
test परीक्षण टेस्ट जांच
death died die dead मौत मृत्यु निधन देहांत मरा मर ਮੌਤ मृत्यू
injured wounded घायल जख्मी ਜ਼ਖਮੀ
victim पीडित शिकार
survivor alive जिंदा जीवित ਜਿਉਂਦਾ
birth born जन्म पैदा ਜਨਮ
pregnant गर्भवती
child kid baby children बच्चा बच्चे बच्ची शिशु ਬੱਚਾ ਬੱਚੇ मूल मुले
woman women lady female महिला औरत स्त्री ਔਰਤ
man men male आदमी पुरुष मर्द शख्स व्यक्ति ਆਦਮੀ ਵਿਅਕਤੀ
girl daughter लडकी बेटी बालिका ਕੁੜੀ ਧੀ मुलगी
boy son लडका बेटा बालक ਮੁੰਡਾ ਪੁੱਤਰ मुलगा
mother mom मां माता अम्मी आई ਮਾਂ
father dad पिता बाप पापा अब्बू ਪਿਤਾ ਪਿਓ
wife पत्नी बीवी ਪਤਨੀ बायको
husband पति शौहर ਪਤੀ नवरा
brother भाई ਭਰਾ भाऊ
sister बहन बहिन ਭੈਣ बहीण
grandfather दादा नाना
grandmother दादी नानी
family परिवार फैमिली कुटुंब ਪਰਿਵਾਰ
friend दोस्त मित्र ਦੋਸਤ
marriage wedding married शादी विवाह निकाह ਵਿਆਹ लग्न
divorce तलाक
old elderly बूढा बुजुर्ग वृद्ध ਬਜ਼ੁਰਗ
young youth युवा नौजवान ਨੌਜਵਾਨ तरुण
poor गरीब निर्धन poverty गरीबी ਗਰੀਬ
rich wealthy अमीर धनी ਅਮੀਰ
weather मौसम हवामान ਮੌਸਮ
rain rainfall बारिश वर्षा बरसात पाऊस ਮੀਂਹ
flood बाढ सैलाब ਹੜ੍ਹ पूर
drought सूखा अकाल दुष्काळ
storm cyclone hurricane tornado तूफान चक्रवात आंधी वादळ ਤੂਫਾਨ
earthquake भूकंप भूचाल ਭੂਚਾਲ
landslide भूस्खलन
lightning आकाशीय_बिजली वज्रपात
snow बर्फ हिमपात बर्फबारी ਬਰਫ
heat_wave लू गर्मी heat
cold ठंड सर्दी शीतलहर
temperature तापमान
fire blaze आग अग्निकांड ਅੱਗ आग
water पानी जल नीर ਪਾਣੀ पाणी
river नदी दरिया ਨਦੀ ਦਰਿਆ
dam बांध डैम धरण
canal नहर ਨਹਿਰ
sea ocean समुद्र सागर ਸਮੁੰਦਰ
mountain hill पहाड पर्वत ਪਹਾੜ डोंगर
forest jungle जंगल वन ਜੰਗਲ
tree plant पेड पौधा वृक्ष ਰੁੱਖ झाड
sun सूरज सूर्य
moon चांद चंद्रमा
sky आसमान आकाश
earth पृथ्वी धरती
air wind हवा वायु
pollution प्रदूषण
environment पर्यावरण climate जलवायु
animal जानवर पशु ਜਾਨਵਰ प्राणी
cow cattle गाय गौ ਗਾਂ
dog कुत्ता ਕੁੱਤਾ कुत्रा
tiger बाघ टाइगर वाघ
lion शेर सिंह ਸ਼ੇਰ
elephant हाथी ਹਾਥੀ
snake सांप नाग ਸੱਪ साप
bird पक्षी चिडिया ਪੰਛੀ
fish मछली ਮੱਛੀ मासा
shark शार्क
monkey बंदर
horse घोडा
chicken hen मुर्गा मुर्गी चिकन
pig सुअर सूअर
money cash पैसा रुपया रुपये धन नकद पैसे कैश ਪੈਸੇ ਪੈਸਾ rupee rs
crore करोड करोडों ਕਰੋੜ कोटी
lakh लाख ਲੱਖ
thousand हजार ਹਜ਼ਾਰ
hundred सौ शंभर ਸੌ
percent percentage प्रतिशत फीसदी परसेंट टक्के
price cost rate कीमत दाम मूल्य भाव रेट ਕੀਮਤ किंमत
expensive inflation महंगा महंगाई ਮਹਿੰਗਾਈ महागाई
cheap सस्ता
free मुफ्त फ्री निशुल्क ਮੁਫਤ मोफत
tax टैक्स कर ਟੈਕਸ
gst जीएसटी
budget बजट अर्थसंकल्प
economy economic अर्थव्यवस्था आर्थिक इकोनॉमी
gdp जीडीपी
bank बैंक ਬੈਂਕ बँक
account खाता अकाउंट खाते ਖਾਤਾ
loan debt कर्ज ऋण लोन उधार ਕਰਜ਼ਾ
loan_waiver कर्जमाफी कर्जमाफ
interest ब्याज
note currency नोट मुद्रा करेंसी ਨੋਟ
demonetisation demonetization नोटबंदी
coin सिक्का
gold सोना स्वर्ण ਸੋਨਾ
silver चांदी
salary wage pay वेतन तनख्वाह सैलरी मजदूरी ਤਨਖਾਹ पगार
pension पेंशन ਪੈਨਸ਼ਨ
subsidy सब्सिडी अनुदान
compensation मुआवजा
donation donate दान चंदा डोनेशन ਦਾਨ
prize award इनाम पुरस्कार अवार्ड ਇਨਾਮ
lottery लॉटरी
insurance बीमा ਬੀਮਾ
investment invest निवेश इन्वेस्टमेंट
share_market stock_market शेयरबाजार
company firm कंपनी फर्म ਕੰਪਨੀ
business trade व्यापार कारोबार धंधा बिजनेस ਵਪਾਰ
market bazaar बाजार मार्केट मंडी ਬਾਜ਼ਾਰ ਮੰਡੀ
shop store दुकान स्टोर ਦੁਕਾਨ
factory कारखाना फैक्ट्री मिल ਫੈਕਟਰੀ
job employment नौकरी रोजगार जॉब ਨੌਕਰੀ नोकरी
unemployment unemployed बेरोजगारी बेरोजगार ਬੇਰੁਜ਼ਗਾਰੀ
recruitment vacancy भर्ती
exam examination परीक्षा इम्तिहान एग्जाम ਪ੍ਰੀਖਿਆ
paper_leak पेपरलीक पेपर_लीक
school स्कूल विद्यालय पाठशाला ਸਕੂਲ शाळा
college कॉलेज महाविद्यालय ਕਾਲਜ
university विश्वविद्यालय यूनिवर्सिटी ਯੂਨੀਵਰਸਿਟੀ विद्यापीठ
education शिक्षा पढाई तालीम एजुकेशन ਸਿੱਖਿਆ शिक्षण
book किताब पुस्तक ਕਿਤਾਬ
holiday छुट्टी अवकाश ਛੁੱਟੀ सुट्टी
closed shut बंद
electricity power बिजली विद्युत ਬਿਜਲੀ वीज
gas lpg गैस एलपीजी
cylinder सिलेंडर सिलिंडर
petrol पेट्रोल ਪੈਟਰੋਲ
diesel डीजल
oil तेल
coal कोयला
road street highway सडक मार्ग हाईवे रोड ਸੜਕ रस्ता
bridge पुल सेतु ਪੁਲ पूल
train railway रेल ट्रेन रेलवे रेलगाडी ਰੇਲ
station स्टेशन
bus बस
car vehicle गाडी कार वाहन ਗੱਡੀ ਕਾਰ
truck lorry ट्रक
plane aircraft flight airplane विमान हवाईजहाज जहाज फ्लाइट ਜਹਾਜ਼
airport हवाईअड्डा एयरपोर्ट हवाई_अड्डा विमानतळ
helicopter हेलीकॉप्टर
ship boat नाव जहाज
bicycle cycle साइकिल
motorcycle bike बाइक मोटरसाइकिल
accident crash दुर्घटना हादसा एक्सीडेंट ਹਾਦਸਾ अपघात
toll_tax टोल टोलटैक्स
traffic यातायात ट्रैफिक
driver ड्राइवर चालक
ticket टिकट
house home घर मकान ਘਰ
building इमारत भवन बिल्डिंग ਇਮਾਰਤ
hotel होटल
toilet शौचालय टॉयलेट
food खाना भोजन अन्न ਖਾਣਾ जेवण
hunger hungry भूख भूखा भुखमरी
wheat गेहूं ਕਣਕ
rice चावल
salt नमक
sugar चीनी शक्कर साखर
milk दूध ਦੁੱਧ
vegetable सब्जी भाजी
fruit फल
onion प्याज
potato आलू
tomato टमाटर
egg अंडा
meat beef मांस गोश्त बीफ गोमांस
alcohol liquor wine शराब दारू मदिरा ਸ਼ਰਾਬ
drugs narcotics नशा ड्रग्स ਨਸ਼ਾ
cigarette tobacco सिगरेट तंबाकू
crop harvest फसल उपज पीक ਫਸਲ
agriculture farming farm कृषि खेती शेती ਖੇਤੀ
land जमीन भूमि ਜ਼ਮੀਨ
fertiliser fertilizer खाद उर्वरक यूरिया
clothes dress cloth कपडे कपडा वस्त्र पोशाक ਕੱਪੜੇ
hijab burqa हिजाब बुर्का
turban पगडी पग ਪੱਗ ਪਗੜੀ
shoe जूता जूते
game sport खेल स्पोर्ट्स ਖੇਡ
cricket क्रिकेट ਕ੍ਰਿਕਟ
football soccer फुटबॉल
match मैच सामना
team टीम ਟੀਮ
medal पदक मेडल
olympic olympics ओलंपिक ओलिंपिक
`;
