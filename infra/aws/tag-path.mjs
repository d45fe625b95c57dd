/**
 * In place of a package with which the XML parser matches paths of tags. Our options name no paths, so the parser only
 * keeps the path, and our reader asks for its depth. 8 KB of a bundle that has a limit.
 */
export class Matcher {
  tags = [];
  reset() {
    this.tags.length = 0;
  }
  push(tag) {
    this.tags.push(tag);
  }
  pop() {
    return this.tags.pop();
  }
  getCurrentTag() {
    return this.tags.at(-1);
  }
  getDepth() {
    return this.tags.length;
  }
  updateCurrent() {}
  readOnly() {
    return this;
  }
  matchesAny() {
    return false;
  }
  toString() {
    return this.tags.join('.');
  }
}
export class Expression {}
export class ExpressionSet {
  size = 0;
  add() {
    throw new Error('paths of tags are not matched here');
  }
  seal() {}
}
