// The parts of CodeMirror that the preview's editor uses, in one file.

export { EditorState, Compartment, StateEffect, StateField } from "@codemirror/state";
export { Decoration, EditorView, keymap, lineNumbers, highlightActiveLine, drawSelection, dropCursor, placeholder } from "@codemirror/view";
export { defaultKeymap, history, historyField, historyKeymap, undo, redo } from "@codemirror/commands";
export { defaultHighlightStyle, HighlightStyle, syntaxHighlighting, bracketMatching, syntaxTree } from "@codemirror/language";
export { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, startCompletion } from "@codemirror/autocomplete";
export { search, searchKeymap, highlightSelectionMatches } from "@codemirror/search";
export { setDiagnostics, lintGutter } from "@codemirror/lint";
export { markdown } from "@codemirror/lang-markdown";
export { yamlFrontmatter } from "@codemirror/lang-yaml";
export { MergeView } from "@codemirror/merge";
export { tags } from "@lezer/highlight";
