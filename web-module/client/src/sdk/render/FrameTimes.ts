/** What is known of a frame that was presented. Times are milliseconds on the page's clock. */
export interface FrameTimes {
  /** When it was presented. */
  readonly presented: number;
  /** When its last packet came, if the browser can tell. */
  readonly received: number | undefined;
  /** Its RTP timestamp (RFC 3550, section 5.1), if the browser can tell. */
  readonly rtp: number | undefined;
}
