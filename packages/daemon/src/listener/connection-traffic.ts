/** What a connection of HTTP/2 has carried since it stands; counted by those who move it. */
export interface ConnectionTraffic {
  streams: number;
  openStreams: number;
  /** Streams whose request nobody reads to its end, or reads unseen. */
  cutStreams: number;
  /** Bytes of requests. */
  dataBytes: number;
}

/** Nothing yet. */
export function createConnectionTraffic(): ConnectionTraffic {
  return { streams: 0, openStreams: 0, cutStreams: 0, dataBytes: 0 };
}
