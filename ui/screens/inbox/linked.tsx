/** Plain text whose web addresses can be opened. */
export function Linked({ text }: { text: string }) {
  return (
    <>
      {text.split(/(https?:\/\/[^\s]+)/).map((piece, index) =>
        /^https?:\/\//.test(piece) ? (
          <a key={index} href={piece} target="_blank" rel="noreferrer" lang="en">
            {piece}
          </a>
        ) : (
          piece
        ),
      )}
    </>
  );
}
