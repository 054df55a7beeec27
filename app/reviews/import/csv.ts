/** How a file is read: as RFC 4180 has it, and as spreadsheets and hurried exports write it. */
export const CSV_OPTIONS = {
  bom: true,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: false,
  record_delimiter: ['\r\n', '\n', '\r'],
  /** A quote that never closes would swallow the rest of the file. */
  max_record_size: 256 * 1024,
};
