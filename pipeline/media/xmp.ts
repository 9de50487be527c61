import type { Credit } from '../../server/contract/recipe.js';

/** The IPTC's addresses of how a picture or film came to be. */
const sourceTypes = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as XML may carry it: without characters XML has no place for, and none of it markup. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

/**
 * What a made picture or film says of itself as an XMP packet: who issues it, whose work it is, its rights and how it came to
 * be. No time, no place, no device, no member; equal credits give equal bytes.
 */
export function xmpPacket({ organisation, creator, rights, source }: Credit): string {
  const issuer = escaped(organisation);
  const maker = escaped(creator.trim()) || issuer;
  const lines = [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">',
    `<dc:creator><rdf:Seq><rdf:li>${maker}</rdf:li></rdf:Seq></dc:creator>`,
    `<dc:publisher><rdf:Bag><rdf:li>${issuer}</rdf:li></rdf:Bag></dc:publisher>`,
    ...(rights.trim() === ''
      ? []
      : [
          `<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">${escaped(rights.trim())}</rdf:li></rdf:Alt></dc:rights>`,
        ]),
    `<photoshop:Credit>${maker === issuer ? issuer : `${maker} / ${issuer}`}</photoshop:Credit>`,
    ...(source === null
      ? []
      : [`<Iptc4xmpExt:DigitalSourceType>${sourceTypes}${source}</Iptc4xmpExt:DigitalSourceType>`]),
    '</rdf:Description>',
    '</rdf:RDF>',
    '</x:xmpmeta>',
    '<?xpacket end="w"?>',
  ];
  return lines.join('\n');
}
