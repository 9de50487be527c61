/** Strokes on a 24 by 24 grid; every icon stands beside a word or in a labelled button. */
const shapes = {
  desk: 'M4 5h16v10H4zM9 19h6M12 15v4M8 9h8',
  studio: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.2v.1',
  review: 'M9 4h6v3H9zM7 5.5H5V20h14V5.5h-2M8.5 13l2.5 2.5 4.5-5',
  packs: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8',
  inbox: 'M4 13l2.5-8h11L20 13v6H4zM4 13h5l1 2.5h4l1-2.5h5',
  library: 'M5 4h3v16H5zM10.5 4h3v16h-3zM16 4.5l2.9-.6 2.2 15.4-2.9.5z',
  search: 'M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15 15l5 5',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.5 20c.8-4 3.8-6 7.5-6s6.7 2 7.5 6',
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6L6 18',
  back: 'M11 5l-7 7 7 7M4 12h16',
  forward: 'M13 5l7 7-7 7M20 12H4',
  down: 'M6 9l6 6 6-6',
  check: 'M5 12.5l4.5 4.5L19 7',
  alert: 'M12 2.8l9.2 9.2-9.2 9.2L2.8 12zM12 8v5M12 16v.1',
  info: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 11v5M12 8v.1',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 8v4.5l3 2',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.6-5.6L12 7.3M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.6 5.6L12 16.7',
  share: 'M12 4v11M8 7.5L12 4l4 3.5M5 12v8h14v-8',
  download: 'M12 4v11M8 11l4 4 4-4M5 19.5h14',
  upload: 'M12 16V5M8 9l4-4 4 4M5 19.5h14',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  trash: 'M5 7h14M9 7V4.5h6V7M7 7l1 13h8l1-13M10.5 11v5.5M13.5 11v5.5',
  undo: 'M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11H9',
  refresh: 'M19 12a7 7 0 1 1-2-5M19 4v4h-4',
  external: 'M13 5h6v6M19 5l-9 9M16 13v6H5V8h6',
  file: 'M6 4h8l4 4v12H6zM14 4v4h4',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.2v.1',
  video: 'M3.5 6.5h12v11h-12zM15.5 10.5l5-3v9l-5-3',
  audio: 'M6 10v4M10 6v12M14 8v8M18 10.5v3',
  document: 'M6 4h8l4 4v12H6zM9 12h6M9 16h6M14 4v4h4',
  quote:
    'M5 17h4v-5H6.5c0-2 .8-3 2.5-3.5V6.5C5.8 7.2 5 9.5 5 12zM14 17h4v-5h-2.5c0-2 .8-3 2.5-3.5V6.5c-3.2.7-4 3-4 5.5z',
  send: 'M4 11.5L20 4l-5 16-3.5-7zM11.5 13L20 4',
  recall: 'M12 4a8 8 0 1 0 8 8M20 4v5h-5M9 12h6',
  keyboard: 'M3 7h18v10H3zM6.5 10.5v.1M10 10.5v.1M13.5 10.5v.1M17 10.5v.1M8 14h8',
  filter: 'M4 6h16M7 12h10M10 18h4',
  eye: 'M3 12c2-4 5.3-6 9-6s7 2 9 6c-2 4-5.3 6-9 6s-7-2-9-6M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5',
  flag: 'M6 20V4.5h12l-3 4 3 4H6',
  menu: 'M4 7h16M4 12h16M4 17h16',
  play: 'M8 5l11 7-11 7z',
  pause: 'M8 5v14M16 5v14',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
} as const;

export type IconName = keyof typeof shapes;

/** A small line drawing. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={shapes[name]} />
    </svg>
  );
}
