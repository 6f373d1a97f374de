package org.juniteval.engine.report;

import org.juniteval.engine.record.Visible;

/**
 * Writes elements, attributes and text of an XML document, each kept whole in what a parser reads back. StAX is not used
 * because the writers of different classpaths differ in this very point: the JDK's loses line ends in attributes and
 * lets forbidden characters through, Woodstox throws on them.
 */
final class XmlText {

    private final StringBuilder out = new StringBuilder(512);

    /** What a document begins with. */
    void declaration() {
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }

    /** Begins an element, with attributes given as names and values in turn. */
    void open(int indent, String element, String... attributes) {
        tag(indent, element, attributes);
        out.append(">\n");
    }

    /** Ends an element. */
    void close(int indent, String element) {
        indent(indent);
        out.append("</");
        out.append(element);
        out.append(">\n");
    }

    /** An element without content. */
    void empty(int indent, String element, String... attributes) {
        tag(indent, element, attributes);
        out.append("/>\n");
    }

    /** An element that holds text. */
    void text(int indent, String element, String text, String... attributes) {
        tag(indent, element, attributes);
        out.append('>');
        escape(text, false);
        out.append("</" + element + ">\n");
    }

    private void indent(int columns) {
        for (int i = 0; i < columns; i++) {
            out.append(' ');
        }
    }

    private void tag(int indent, String element, String... attributes) {
        indent(indent);
        out.append('<');
        out.append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ');
            out.append(attributes[i]);
            out.append("=\"");
            escape(attributes[i + 1], true);
            out.append('"');
        }
    }

    private void escape(String text, boolean attribute) {
        String visible = Visible.inXml(text);
        int written = 0;
        for (int i = 0; i < visible.length(); i++) {
            String escape = escape(visible.charAt(i), attribute);
            if (escape != null) {
                out.append(visible, written, i);
                out.append(escape);
                written = i + 1;
            }
        }
        out.append(visible, written, visible.length());
    }

    // A parser turns a bare \r into \n, and any white space of an attribute into a blank.
    private static String escape(char c, boolean attribute) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '\r' -> "&#13;";
            case '"' -> attribute ? "&quot;" : null;
            case '\n' -> attribute ? "&#10;" : null;
            case '\t' -> attribute ? "&#9;" : null;
            default -> null;
        };
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
