import { useEffect, useRef, useState } from 'react';

const PREVIEW = '/console/preview.html';
const LEAST_HEIGHT_PX = 320;
const MOST_HEIGHT_PX = 12_000;

type LetterFrameProps = {
  readonly title: string;
  readonly html: string;
  readonly dark: boolean;
  readonly pictures: boolean;
};

/** A letter as a mail program shows it, in a frame of no origin that can reach nothing of ours. */
export function LetterFrame({ title, html, dark, pictures }: LetterFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [isReady, setReady] = useState(false);
  const [height, setHeight] = useState(LEAST_HEIGHT_PX);
  useEffect(() => {
    const hear = ({ source, data }: MessageEvent<unknown>) => {
      if (source !== frame.current?.contentWindow) return;
      if (data === 'ready') setReady(true);
      else if (typeof data === 'object' && data !== null && 'height' in data)
        setHeight(Math.min(Math.max(Number(data.height) || 0, LEAST_HEIGHT_PX), MOST_HEIGHT_PX));
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  }, []);
  useEffect(() => {
    // A place of no origin can be named in no other way; what is said is no secret to it.
    if (isReady) frame.current?.contentWindow?.postMessage({ html, pictures, dark }, '*');
  }, [isReady, html, pictures, dark]);
  return (
    <iframe
      ref={frame}
      className="letter-frame"
      src={PREVIEW}
      title={title}
      sandbox="allow-scripts"
      data-dark={dark || undefined}
      style={{ height }}
    />
  );
}
