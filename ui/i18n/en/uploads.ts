import type { uploads as source } from '../hi/uploads.js';
import type { Same } from '../message.js';

export const uploads = {
  looking: 'Looking whether it is there already',
  known: 'This file is there already: “{title}”',
  openKnown: 'Open the creative',
  sendAnyway: 'Upload it anyway',
  leaveOut: 'Do not send it again',
  allKnown: { one: 'This file is there already', other: 'These files are there already' },
  someKnown: {
    one: '{count} file is there already; it will not be sent again.',
    other: '{count} files are there already; they will not be sent again.',
  },
  stateKnown: 'There already, not sent',
  pausedHere: 'Paused; it goes on from here when resumed',
  pausedOver: 'Paused; it starts over when resumed',
  interrupted: '{share} has arrived; choose the same file again and it goes on from there',
  interruptedTitle: { one: '{count} upload is not finished', other: '{count} uploads are not finished' },
  chooseAgain: '{name}: choose the same file again',
  chooseShort: 'Choose file',
  unreadable: 'The file can no longer be read: it was moved or changed. Choose it again.',
  giveUp: '{name}: give the unfinished upload up',
} as const satisfies Same<typeof source>;
