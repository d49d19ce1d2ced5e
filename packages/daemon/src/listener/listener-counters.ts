/** What a listener has counted. Whoever holds it may read it at any time; only the listener writes. */
export interface ListenerCounters {
  /** Open now: sockets, HTTP/2 sessions, HTTP/2 streams, calls that are not over for the call path. */
  sockets: number;
  sessions: number;
  streams: number;
  calls: number;
  /** Since the start: calls handed to the call path, requests to the daemon's own services, other HTTP requests. */
  totalCalls: number;
  totalOwnRequests: number;
  totalHttpRequests: number;
  /** Since the start: streams refused before they became calls, connections of addresses that had enough, connections destroyed for misbehaving or silence. */
  refusedStreams: number;
  refusedConnections: number;
  destroyedConnections: number;
  /** Since the start: calls cut because they kept too much waiting, or for too long. */
  cutCalls: number;
  /** Since the start: calls ended because their clients had not sent a message, and too many were like them. */
  silentCalls: number;
  /** Since the start: connections that did not come to speak TLS. */
  failedHandshakes: number;
}

/** Counters at zero. */
export function createListenerCounters(): ListenerCounters {
  return {
    sockets: 0,
    sessions: 0,
    streams: 0,
    calls: 0,
    totalCalls: 0,
    totalOwnRequests: 0,
    totalHttpRequests: 0,
    refusedStreams: 0,
    refusedConnections: 0,
    destroyedConnections: 0,
    cutCalls: 0,
    silentCalls: 0,
    failedHandshakes: 0,
  };
}
