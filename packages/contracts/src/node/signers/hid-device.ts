/** Port: a USB device for reports, as `node-hid` opens it. */
export interface HidDevice {
  /** The first byte is the number of the report, 0. */
  write(report: number[] | Buffer): Promise<number>;
  /** The next report; undefined when none came in so many milliseconds. */
  read(timeoutMs?: number): Promise<Buffer | undefined>;
  close(): Promise<void>;
}
