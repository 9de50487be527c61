import type { card as source } from '../hi/card.js';
import type { Same } from '../message.js';

export const card: Same<typeof source> = {
  make: 'Make a card',
  new: 'New card',
  title: 'Card of a fact',
  search: 'Search verified facts',
  none: 'No verified fact was found. Try other words.',
  choose: 'Choose',
  another: 'Choose another fact',
  template: 'Template',
  plain: 'Plain',
  plainHint: 'The fact is largest',
  photo: 'With a picture',
  photoHint: 'The verdict on the picture',
  quote: 'Quote',
  quoteHint: 'What was said is largest',
  language: 'Language',
  hi: 'Hindi',
  en: 'English',
  claim: 'The claim on the card',
  claimHint: 'Short, and as it was said; do not change its meaning',
  picture: 'Picture',
  pictureNone: 'There is no picture that has been looked into. Upload one in the studio first.',
  preview: 'How the card will look',
  previewHint: 'Every format is laid out in its own shape; no text is cut off.',
  local:
    'The code’s address opens in this network only: {address}. An administrator sets the public address.',
  ended:
    'The fact of this card is no longer verified. Nothing more is made of it; make a new card of the new fact.',
  leads: 'The code leads to',
  formatsLead: 'The card is laid out anew for every format, as it is shown here. Select and make.',
  coming: 'Being laid out …',
  claimLabel: 'Claim',
  factLabel: 'Fact',
};
