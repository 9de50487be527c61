import type { MediaKind } from '../../../server/contract/lists.js';

export interface MediaPreviewProps {
  kind: MediaKind;
  url: string;
  /** What it shows, or its name when nobody described it. */
  label: string;
  /** It came onto the screen, or began to play. */
  onSeen?: () => void;
}

/** The thing itself, in the browser's own player; a document only has its link. */
export function MediaPreview({ kind, url, label, onSeen }: MediaPreviewProps) {
  if (kind === 'image') return <img src={url} alt={label} loading="lazy" onLoad={onSeen} />;
  if (kind === 'video') {
    return (
      <video src={url} controls playsInline preload="metadata" aria-label={label} onPlay={onSeen}>
        {/* Empty: nobody has written captions for what was forwarded. */}
        <track kind="captions" />
      </video>
    );
  }
  if (kind === 'audio') {
    return (
      <audio src={url} controls preload="metadata" aria-label={label} onPlay={onSeen}>
        {/* Empty: nobody has written captions for what was forwarded. */}
        <track kind="captions" />
      </audio>
    );
  }
  return null;
}
