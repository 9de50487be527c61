/**
 * Words of English that Hindi writes as they sound, and names of places that English spells its own way. One line is one
 * word: the English spellings, then the Indic ones, the usual first. Words that are also spelled like another common word
 * of romanised Hindi stay out. Compiled by us for this project.
 */
export const loanWords = `
accident एक्सीडेंट एक्सिडेंट
account अकाउंट एकाउंट
actor एक्टर
actress एक्ट्रेस
admission एडमिशन
advance एडवांस
advisory एडवाइजरी
agency एजेंसी ਏਜੰਸੀ
agent एजेंट
airline एयरलाइन
airport एयरपोर्ट एअरपोर्ट ਏਅਰਪੋਰਟ
alert अलर्ट ਅਲਰਟ
ambulance एंबुलेंस एम्बुलेंस ਐਂਬੂਲੈਂਸ
app ऐप एप ऍप
apple एप्पल
application एप्लीकेशन एप्लिकेशन
army आर्मी
arrest अरेस्ट
artist आर्टिस्ट
assembly असेंबली असेम्बली
attack अटैक
auto ऑटो
award अवॉर्ड अवार्ड
baby बेबी
balance बैलेंस
ballot बैलेट
bank बैंक बेंक ਬੈਂਕ
banner बैनर
battery बैटरी
benefit बेनिफिट
bicycle बाइसिकल
bike बाइक
bill बिल ਬਿੱਲ
board बोर्ड ਬੋਰਡ
bomb बम ਬੰਬ
bonus बोनस
booth बूथ ਬੂਥ
border बॉर्डर बार्डर
bottle बोतल बॉटल
bridge ब्रिज
budget बजट ਬਜਟ
building बिल्डिंग
bullet बुलेट
bureau ब्यूरो
bus बस ਬੱਸ
business बिजनेस बिज़नेस
button बटन
cable केबल
camera कैमरा ਕੈਮਰਾ
camp कैंप कैम्प
campaign कैंपेन कैम्पेन
cancer कैंसर ਕੈਂਸਰ
candidate कैंडिडेट
capsule कैप्सूल
card कार्ड ਕਾਰਡ
cash कैश
channel चैनल ਚੈਨਲ
charge चार्ज
cheque चेक
chemical केमिकल
church चर्च
cinema सिनेमा
circle सर्कल
circular सर्कुलर
class क्लास
climate क्लाइमेट
clinic क्लीनिक क्लिनिक
clip क्लिप
clash क्लैश
coaching कोचिंग
collector कलेक्टर कलक्टर
college कॉलेज कालेज ਕਾਲਜ
colony कॉलोनी कालोनी
commission कमीशन कमिशन ਕਮਿਸ਼ਨ
commissioner कमिश्नर
committee कमेटी कमिटी ਕਮੇਟੀ
company कंपनी कम्पनी ਕੰਪਨੀ
complaint कंप्लेंट
computer कंप्यूटर कम्प्यूटर ਕੰਪਿਊਟਰ
conductor कंडक्टर
contract कॉन्ट्रैक्ट
control कंट्रोल
corona कोरोना ਕੋਰੋਨਾ
corruption करप्शन
councillor काउंसलर
court कोर्ट ਕੋਰਟ
covid कोविड ਕੋਵਿਡ
cricket क्रिकेट ਕ੍ਰਿਕਟ
crime क्राइम
crore करोड़ ਕਰੋੜ
curfew कर्फ्यू ਕਰਫਿਊ
current करंट
customer कस्टमर
cyclone साइक्लोन
cylinder सिलेंडर सिलिंडर ਸਿਲੰਡਰ
danger डेंजर
date डेट
debate डिबेट
degree डिग्री
delivery डिलीवरी
democracy डेमोक्रेसी
dengue डेंगू ਡੇਂਗੂ
department डिपार्टमेंट
deposit डिपॉजिट
development डेवलपमेंट
diesel डीजल डीज़ल ਡੀਜ਼ਲ
digital डिजिटल ਡਿਜੀਟਲ
director डायरेक्टर
discount डिस्काउंट
doctor डॉक्टर डाक्टर ਡਾਕਟਰ
document डॉक्यूमेंट
dose डोज डोज़
draft ड्राफ्ट
driver ड्राइवर ਡਰਾਈਵਰ
drone ड्रोन ਡਰੋਨ
drug ड्रग
duty ड्यूटी
education एजुकेशन
election इलेक्शन एलेक्शन
electric इलेक्ट्रिक
email ईमेल
emergency इमरजेंसी
employee एम्प्लॉई
encounter एनकाउंटर
engine इंजन
engineer इंजीनियर ਇੰਜੀਨੀਅਰ
entry एंट्री
exam एग्जाम
examination एग्जामिनेशन
expert एक्सपर्ट
express एक्सप्रेस
factory फैक्ट्री फैक्टरी ਫੈਕਟਰੀ
fake फेक
family फैमिली
fashion फैशन
fees फीस ਫੀਸ
festival फेस्टिवल
file फाइल
film फिल्म फ़िल्म ਫਿਲਮ
fine फाइन
fire फायर ਫਾਇਰ
flat फ्लैट
flight फ्लाइट
flyover फ्लाईओवर
football फुटबॉल
form फॉर्म फार्म
formula फॉर्मूला
forward फॉरवर्ड
fraud फ्रॉड
free फ्री ਫ੍ਰੀ
fund फंड ਫੰਡ
gang गैंग
gas गैस ਗੈਸ
gate गेट
gazette गजट
global ग्लोबल
government गवर्नमेंट
governor गवर्नर
grant ग्रांट
group ग्रुप
guard गार्ड
guest गेस्ट
health हेल्थ
helicopter हेलीकॉप्टर हेलिकॉप्टर
helmet हेलमेट
helpline हेल्पलाइन
highway हाईवे हाइवे
holiday हॉलिडे
hospital हॉस्पिटल हास्पिटल अस्पताल हस्पताल ਹਸਪਤਾਲ
hostel हॉस्टल
hotel होटल ਹੋਟਲ
image इमेज
import इंपोर्ट
income इनकम
industry इंडस्ट्री
injection इंजेक्शन
inspector इंस्पेक्टर
insurance इंश्योरेंस
internet इंटरनेट ਇੰਟਰਨੈੱਟ
interview इंटरव्यू
jacket जैकेट
judge जज ਜੱਜ
justice जस्टिस
label लेबल
laptop लैपटॉप
leader लीडर
leave लीव
licence license लाइसेंस ਲਾਇਸੰਸ
link लिंक
list लिस्ट
litre liter लीटर
loan लोन ਲੋਨ
lockdown लॉकडाउन ਲਾਕਡਾਊਨ
lottery लॉटरी
machine मशीन ਮਸ਼ੀਨ
magazine मैगजीन
manager मैनेजर
market मार्केट
mask मास्क
master मास्टर
match मैच
mayor मेयर
media मीडिया ਮੀਡੀਆ
medical मेडिकल ਮੈਡੀਕਲ
medicine मेडिसिन
meeting मीटिंग
member मेंबर
message मैसेज मेसेज ਮੈਸੇਜ
meter मीटर
metro मेट्रो ਮੈਟਰੋ
military मिलिट्री
minister मिनिस्टर
ministry मिनिस्ट्री
minute मिनट
mission मिशन ਮਿਸ਼ਨ
mobile मोबाइल ਮੋਬਾਈਲ
motor मोटर
movie मूवी
municipal म्युनिसिपल
network नेटवर्क
news न्यूज न्यूज़
notice नोटिस ਨੋਟਿਸ
notification नोटिफिकेशन
number नंबर नम्बर ਨੰਬਰ
nurse नर्स
offer ऑफर
office ऑफिस आफिस
officer ऑफिसर अफसर ਅਫਸਰ
official ऑफिशियल
oil ऑयल
online ऑनलाइन ਆਨਲਾਈਨ
operation ऑपरेशन
order ऑर्डर आर्डर
oxygen ऑक्सीजन ਆਕਸੀਜਨ
park पार्क
parliament पार्लियामेंट
party पार्टी ਪਾਰਟੀ
pass पास
passport पासपोर्ट ਪਾਸਪੋਰਟ
password पासवर्ड
patient पेशेंट
pension पेंशन ਪੈਨਸ਼ਨ
`;
