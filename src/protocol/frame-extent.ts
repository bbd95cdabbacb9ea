/** What a walk over a compressed frame finds out without decoding it, so that a bomb is refused before it costs memory. */
export interface FrameExtent {
  /** Where the frame ends, bytes from its start. */
  readonly end: number
  /** Its content has at most so many bytes. */
  readonly bytesMax: number
}
