/**
 * Words of media and of forwards, and names of countries, states and cities. One line is one meaning; an underscore
 * joins words that stand side by side. Compiled by us for this project.
 */
export const mediaAndPlaces = `
photo photograph picture pic image तस्वीर फोटो चित्र छवि इमेज फोटोग्राफ ਤਸਵੀਰ ਫੋਟੋ छायाचित्र
video clip footage film_clip वीडियो विडियो क्लिप फुटेज ਵੀਡੀਓ ਵੀਡਿਓ व्हिडिओ
audio sound recording ऑडियो आवाज रिकॉर्डिंग
viral वायरल ਵਾਇਰਲ व्हायरल
message forward संदेश मैसेज ਸੁਨੇਹਾ मेसेज
post पोस्ट ਪੋਸਟ
tweet tweeted ट्वीट ਟਵੀਟ
share shared साझा शेयर ਸ਼ੇਅਰ
news report खबर समाचार न्यूज रिपोर्ट ਖਬਰ बातमी
newspaper paper अखबार समाचारपत्र ਅਖਬਾਰ वृत्तपत्र
magazine पत्रिका मैगजीन
channel चैनल ਚੈਨਲ
television tv टीवी टेलीविजन दूरदर्शन
media press मीडिया प्रेस ਮੀਡੀਆ
social_media सोशलमीडिया सोशल_मीडिया
whatsapp व्हाट्सएप वॉट्सऐप वाट्सएप
facebook फेसबुक ਫੇਸਬੁੱਕ
twitter ट्विटर
instagram इंस्टाग्राम
youtube यूट्यूब
google गूगल
internet online इंटरनेट ऑनलाइन
mobile phone smartphone मोबाइल फोन ਫੋਨ ਮੋਬਾਈਲ
computer कंप्यूटर
app application ऐप एप्प एप
website site वेबसाइट
link लिंक
screenshot स्क्रीनशॉट
poster banner hoarding पोस्टर बैनर होर्डिंग
advertisement ad विज्ञापन इश्तेहार जाहिरात
cartoon कार्टून
meme मीम
headline शीर्षक हेडलाइन
interview इंटरव्यू साक्षात्कार मुलाखत
survey poll_survey सर्वे सर्वेक्षण
list सूची लिस्ट यादी ਸੂਚੀ
letter पत्र चिट्ठी लेटर ਚਿੱਠੀ
document दस्तावेज डॉक्यूमेंट कागज
certificate प्रमाणपत्र सर्टिफिकेट
book_cover cover आवरण
film movie फिल्म मूवी सिनेमा चित्रपट ਫਿਲਮ
song music गाना गीत संगीत ਗੀਤ ਗਾਣਾ गाणे
dance नाच नृत्य डांस
fake false hoax फर्जी नकली झूठ झूठा फेक गलत ਝੂਠ ਫਰਜ਼ੀ ਗਲਤ
true real genuine सच असली सही सत्य ਸੱਚ
truth सच्चाई सच
rumour rumor अफवाह ਅਫਵਾਹ
claim दावा ਦਾਅਵਾ
conspiracy साजिश षडयंत्र
edited morphed doctored photoshopped एडिटेड छेडछाड
old_photo पुरानी_तस्वीर पुराना_वीडियो
hidden secret गुप्त छिपा राज
suddenly breaking ब्रेकिंग
warning alert चेतावनी सावधान अलर्ट
help aid मदद सहायता सहारा ਮਦਦ मदत
support supporter समर्थन समर्थक सपोर्ट ਸਮਰਥਨ
oppose against विरोध खिलाफ ਵਿਰੁੱਧ ਖਿਲਾਫ
praise तारीफ प्रशंसा
insult humiliation अपमान बेइज्जती तौहीन
apology apologise apologize sorry माफी क्षमा ਮੁਆਫੀ
threat threaten धमकी ਧਮਕੀ
beat beaten thrashed पिटाई मारपीट पीटा मारा ਕੁੱਟਮਾਰ
burn burnt burned जलाया जला जलाई
broke broken break टूटा तोडा टूटी
throw thrown threw फेंका फेंके
fell fall collapse गिरा गिरी ढहा
run ran escape भागा भाग भागे
sleep asleep सोया नींद
cry weep tears रोना रोया आंसू
laugh smile हंसा हंसी मुस्कान
hug गले_लगाया गले
hand हाथ ਹੱਥ
foot leg पैर पांव
head सिर सर
face चेहरा मुंह ਚਿਹਰਾ
name नाम ਨਾਮ ਨਾਂ
year साल वर्ष वर्षों ਸਾਲ
month महीना माह महीने ਮਹੀਨਾ महिना
week सप्ताह हफ्ता ਹਫਤਾ आठवडा
day दिन दिवस ਦਿਨ
today आज ਅੱਜ
tomorrow yesterday कल उद्या
night रात ਰਾਤ रात्र
morning सुबह सवेरे ਸਵੇਰੇ सकाळी
time समय वक्त टाइम ਸਮਾਂ वेळ
hour घंटा घंटे
first पहला पहली प्रथम ਪਹਿਲਾ
last आखिरी अंतिम
new नया नई नए नवीन ਨਵਾਂ ਨਵੀਂ
big large huge बडा बडी विशाल ਵੱਡਾ ਵੱਡੀ मोठा
small little छोटा छोटी ਛੋਟਾ
three तीन ਤਿੰਨ
four चार ਚਾਰ
five पांच ਪੰਜ
seven सात ਸੱਤ
ten दस ਦਸ
half आधा
world global दुनिया विश्व संसार जग ਦੁਨੀਆ
international अंतरराष्ट्रीय अंतर्राष्ट्रीय
white सफेद
black काला काले ਕਾਲਾ
red लाल
green हरा
blue नीला
saffron भगवा केसरिया
january jan जनवरी ਜਨਵਰੀ
february feb फरवरी ਫਰਵਰੀ
march मार्च ਮਾਰਚ
april apr अप्रैल ਅਪ੍ਰੈਲ
may मई ਮਈ
june जून ਜੂਨ
july जुलाई ਜੁਲਾਈ
august aug अगस्त ਅਗਸਤ
september sept sep सितंबर ਸਤੰਬਰ
october oct अक्टूबर अक्तूबर ਅਕਤੂਬਰ
november nov नवंबर ਨਵੰਬਰ
december dec दिसंबर ਦਸੰਬਰ
sunday रविवार इतवार
monday सोमवार
tuesday मंगलवार
wednesday बुधवार
thursday गुरुवार वीरवार
friday शुक्रवार जुमा
saturday शनिवार
india bharat भारत हिंदुस्तान इंडिया हिन्दुस्तान ਭਾਰਤ ਹਿੰਦੁਸਤਾਨ
indian भारतीय हिंदुस्तानी ਭਾਰਤੀ
pakistan pakistani पाकिस्तान पाकिस्तानी ਪਾਕਿਸਤਾਨ
china chinese चीन चाइना चीनी ਚੀਨ
america us usa united_states american अमेरिका अमरीका अमेरिकी यूएस ਅਮਰੀਕਾ
britain uk england united_kingdom british ब्रिटेन इंग्लैंड ब्रिटिश अंग्रेज ਬ੍ਰਿਟੇਨ
russia russian रूस रूसी रशिया ਰੂਸ
ukraine ukrainian यूक्रेन ਯੂਕਰੇਨ
france french फ्रांस फ्रेंच
germany german जर्मनी जर्मन
italy italian इटली
spain spanish स्पेन
europe european यूरोप
canada canadian कनाडा ਕੈਨੇਡਾ
australia australian ऑस्ट्रेलिया ਆਸਟ੍ਰੇਲੀਆ
japan japanese जापान जापानी
korea korean कोरिया
israel israeli इजरायल इजराइल
palestine palestinian gaza फिलिस्तीन गाजा
iran iranian ईरान
iraq iraqi इराक
syria syrian सीरिया
turkey turkish तुर्की तुर्किये
saudi_arabia saudi सऊदी सऊदी_अरब
dubai uae दुबई यूएई
qatar कतर
afghanistan afghan अफगानिस्तान अफगान ਅਫਗਾਨਿਸਤਾਨ
taliban तालिबान
bangladesh bangladeshi बांग्लादेश बांग्लादेशी
nepal नेपाल ਨੇਪਾਲ
sri_lanka lanka श्रीलंका ਸ਼੍ਰੀਲੰਕਾ
myanmar burma म्यांमार बर्मा
bhutan भूटान
maldives मालदीव
indonesia इंडोनेशिया
africa african अफ्रीका
egypt मिस्र इजिप्ट
brazil ब्राजील
mexico mexican मेक्सिको
switzerland swiss स्विट्जरलैंड स्विस
kashmir कश्मीर ਕਸ਼ਮੀਰ
jammu जम्मू ਜੰਮੂ
ladakh लद्दाख
punjab पंजाब ਪੰਜਾਬ
haryana हरियाणा ਹਰਿਆਣਾ
himachal हिमाचल ਹਿਮਾਚਲ
uttarakhand उत्तराखंड
delhi दिल्ली ਦਿੱਲੀ
uttar_pradesh up यूपी उत्तरप्रदेश उत्तर_प्रदेश ਯੂਪੀ
rajasthan राजस्थान ਰਾਜਸਥਾਨ
gujarat gujarati गुजरात ਗੁਜਰਾਤ
maharashtra महाराष्ट्र ਮਹਾਰਾਸ਼ਟਰ
madhya_pradesh मध्यप्रदेश मध्य_प्रदेश
chhattisgarh छत्तीसगढ
bihar bihari बिहार ਬਿਹਾਰ
jharkhand झारखंड
west_bengal bengal बंगाल पश्चिम_बंगाल ਬੰਗਾਲ
odisha orissa ओडिशा उडीसा
assam असम
manipur मणिपुर
tripura त्रिपुरा
meghalaya मेघालय
nagaland नागालैंड
mizoram मिजोरम
arunachal अरुणाचल
sikkim सिक्किम
telangana तेलंगाना
andhra आंध्र
karnataka कर्नाटक
kerala केरल
tamil_nadu tamilnadu तमिलनाडु
goa गोवा
mumbai bombay मुंबई बंबई
kolkata calcutta कोलकाता कलकत्ता
chennai चेन्नई
bengaluru bangalore बेंगलुरु बैंगलोर
hyderabad हैदराबाद
lucknow लखनऊ
kanpur कानपुर
varanasi banaras kashi वाराणसी बनारस काशी
ayodhya अयोध्या
prayagraj allahabad प्रयागराज इलाहाबाद
patna पटना
jaipur जयपुर
ahmedabad अहमदाबाद
surat सूरत
pune पुणे
nagpur नागपुर
bhopal भोपाल
indore इंदौर
amritsar अमृतसर ਅੰਮ੍ਰਿਤਸਰ
chandigarh चंडीगढ ਚੰਡੀਗੜ੍ਹ
lahore लाहौर ਲਾਹੌਰ
london लंदन
united_nations un संयुक्त_राष्ट्र यूएन
who_organisation डब्ल्यूएचओ विश्व_स्वास्थ्य_संगठन
unesco यूनेस्को
nasa नासा
isro इसरो
reserve_bank rbi आरबीआई रिजर्व_बैंक
cbi सीबीआई
nrc एनआरसी
caa सीएए
university_of_delhi du डीयू
jnu जेएनयू
aiims एम्स
ias आईएएस
ips आईपीएस
upsc यूपीएससी
ngo एनजीओ
`;
