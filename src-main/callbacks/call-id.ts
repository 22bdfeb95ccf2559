/** A call's id, a UUID in either case, as the text of a regular expression: it comes back in URLs and in CustomField. */
export const callIdForm = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
