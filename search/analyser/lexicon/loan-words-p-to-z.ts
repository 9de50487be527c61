/** The rest of the loan words, and the names of places. */
export const moreLoanWords = `
petition पिटीशन
petrol पेट्रोल ਪੈਟਰੋਲ
phone फोन फ़ोन ਫੋਨ
photo फोटो फ़ोटो ਫੋਟੋ
plan प्लान
plane प्लेन
plant प्लांट
plastic प्लास्टिक
platform प्लेटफॉर्म
plaza प्लाजा
plot प्लॉट
police पुलिस ਪੁਲਿਸ ਪੁਲੀਸ
policy पॉलिसी पालिसी
political पॉलिटिकल
politics पॉलिटिक्स
poll पोल
polling पोलिंग
pollution पॉल्यूशन
portal पोर्टल
post पोस्ट ਪੋਸਟ
poster पोस्टर
power पावर
president प्रेसिडेंट
press प्रेस
price प्राइस
prime प्राइम
principal प्रिंसिपल
printing प्रिंटिंग
private प्राइवेट
professor प्रोफेसर
project प्रोजेक्ट
property प्रॉपर्टी
protest प्रोटेस्ट
public पब्लिक
quarantine क्वारंटीन क्वारंटाइन
radio रेडियो
rail रेल ਰੇਲ
railway रेलवे ਰੇਲਵੇ
rally रैली ਰੈਲੀ
rape रेप
rate रेट
ration राशन ਰਾਸ਼ਨ
record रिकॉर्ड रिकार्ड
recovery रिकवरी
recruitment रिक्रूटमेंट
refund रिफंड
register रजिस्टर
registration रजिस्ट्रेशन
report रिपोर्ट ਰਿਪੋਰਟ
reporter रिपोर्टर
reservation रिजर्वेशन
reserve रिजर्व
result रिजल्ट रिज़ल्ट
retired रिटायर्ड
rickshaw रिक्शा
road रोड
robot रोबोट
rocket रॉकेट
rule रूल
safety सेफ्टी
salary सैलरी
sample सैंपल
satellite सैटेलाइट
scam स्कैम
scanner स्कैनर
scheme स्कीम ਸਕੀਮ
scholarship स्कॉलरशिप
school स्कूल ਸਕੂਲ
science साइंस
scooter स्कूटर
screenshot स्क्रीनशॉट
secretary सेक्रेटरी
security सिक्योरिटी
seminar सेमिनार
senior सीनियर
server सर्वर
service सर्विस
share शेयर ਸ਼ੇਅਰ
short शॉर्ट
signal सिग्नल
smart स्मार्ट
social सोशल ਸੋਸ਼ਲ
software सॉफ्टवेयर
solar सोलर
special स्पेशल
speaker स्पीकर
speech स्पीच
speed स्पीड
sports स्पोर्ट्स
staff स्टाफ
stadium स्टेडियम
stage स्टेज
station स्टेशन ਸਟੇਸ਼ਨ
status स्टेटस
strike स्ट्राइक
student स्टूडेंट ਸਟੂਡੈਂਟ
studio स्टूडियो
subsidy सब्सिडी ਸਬਸਿਡੀ
supply सप्लाई
supreme सुप्रीम
surgery सर्जरी
survey सर्वे
suspend सस्पेंड
system सिस्टम
tablet टैबलेट
tanker टैंकर
target टारगेट
tax टैक्स ਟੈਕਸ
taxi टैक्सी
teacher टीचर
team टीम ਟੀਮ
technical टेक्निकल
television टेलीविजन
temple टेंपल
tender टेंडर
terminal टर्मिनल
test टेस्ट
theatre theater थिएटर
ticket टिकट टिकिट ਟਿਕਟ
tiger टाइगर
time टाइम
toilet टॉयलेट
toll टोल ਟੋਲ
tower टावर टॉवर
town टाउन
tractor ट्रैक्टर ਟਰੈਕਟਰ
traffic ट्रैफिक ਟ੍ਰੈਫਿਕ
train ट्रेन ਟ੍ਰੇਨ
training ट्रेनिंग
transfer ट्रांसफर
transport ट्रांसपोर्ट
trial ट्रायल
truck ट्रक ਟਰੱਕ
trust ट्रस्ट
tunnel टनल
tweet ट्वीट ਟਵੀਟ
tyre tire टायर
union यूनियन ਯੂਨੀਅਨ
unit यूनिट
university यूनिवर्सिटी ਯੂਨੀਵਰਸਿਟੀ
update अपडेट
vaccination वैक्सीनेशन
vaccine वैक्सीन ਵੈਕਸੀਨ
vehicle व्हीकल
verified वेरिफाइड
victim विक्टिम
video वीडियो विडियो ਵੀਡੀਓ ਵੀਡਿਓ व्हिडिओ
viral वायरल ਵਾਇਰਲ व्हायरल
virus वायरस ਵਾਇਰਸ
visa वीजा वीज़ा
vote वोट ਵੋਟ
voter वोटर ਵੋਟਰ
voting वोटिंग
warning वार्निंग
warrant वारंट
website वेबसाइट
wireless वायरलेस
worker वर्कर
zone जोन ज़ोन
whatsapp व्हाट्सएप व्हाट्सऐप वॉट्सऐप वाट्सएप ਵਟਸਐਪ
facebook फेसबुक ਫੇਸਬੁੱਕ
youtube यूट्यूब
twitter ट्विटर
instagram इंस्टाग्राम
google गूगल
america अमेरिका अमरीका ਅਮਰੀਕਾ
australia ऑस्ट्रेलिया
bangladesh बांग्लादेश बंगलादेश
britain ब्रिटेन
canada कनाडा ਕੈਨੇਡਾ
china चीन ਚੀਨ
france फ्रांस
germany जर्मनी
india इंडिया
israel इजराइल इस्राइल
japan जापान
nepal नेपाल
pakistan पाकिस्तान ਪਾਕਿਸਤਾਨ
russia रूस
ukraine यूक्रेन
ahmedabad अहमदाबाद
allahabad इलाहाबाद
assam असम
bengal बंगाल
bengaluru बेंगलुरु बेंगलूरु
bangalore बैंगलोर बंगलौर
calcutta कलकत्ता
chandigarh चंडीगढ़ ਚੰਡੀਗੜ੍ਹ
chennai चेन्नई
delhi दिल्ली ਦਿੱਲੀ
goa गोवा
gujarat गुजरात
gurgaon गुड़गांव
haryana हरियाणा ਹਰਿਆਣਾ
himachal हिमाचल
hyderabad हैदराबाद
indore इंदौर
kerala केरल
lucknow लखनऊ
meerut मेरठ
orissa उड़ीसा
odisha ओडिशा ओड़िशा
punjab पंजाब ਪੰਜਾਬ
`;
