/** Where a certificate and its key stand, and the settings that say so. */
export interface CertificateFiles {
  readonly cert: SettingFile;
  readonly key: SettingFile;
}

/** A file that a setting names. */
export interface SettingFile {
  /** `ssl_cert`, `ssl_certificates.0.cert`. */
  readonly setting: string;
  readonly path: string;
}
