/** In place of the package by which the XML parser makes numbers of texts: both parsers leave texts as they are. */
export default (text) => text;
