package org.juniteval.engine.report;

import java.io.IOException;
import java.io.Writer;

/**
 * Writes elements, attributes and text of an XML document, each kept whole in what a parser reads back. StAX is not used
 * because the writers of different classpaths differ in this very point: the JDK's loses line ends in attributes and
 * lets forbidden characters through, Woodstox throws on them.
 */
final class XmlText {

    private final Writer out;

    XmlText(Writer out) {
        this.out = out;
    }

    /** What a document begins with. */
    void declaration() throws IOException {
        out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }

    /** Begins an element, with attributes given as names and values in turn. */
    void open(int indent, String element, String... attributes) throws IOException {
        tag(indent, element, attributes);
        out.write(">\n");
    }

    /** Ends an element. */
    void close(int indent, String element) throws IOException {
        indent(indent);
        out.write("</");
        out.write(element);
        out.write(">\n");
    }

    /** An element without content. */
    void empty(int indent, String element, String... attributes) throws IOException {
        tag(indent, element, attributes);
        out.write("/>\n");
    }

    /** An element that holds text. */
    void text(int indent, String element, String text, String... attributes) throws IOException {
        tag(indent, element, attributes);
        out.write('>');
        escape(text, false);
        out.write("</" + element + ">\n");
    }

    private void indent(int columns) throws IOException {
        for (int i = 0; i < columns; i++) {
            out.write(' ');
        }
    }

    private void tag(int indent, String element, String... attributes) throws IOException {
        indent(indent);
        out.write('<');
        out.write(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.write(' ');
            out.write(attributes[i]);
            out.write("=\"");
            escape(attributes[i + 1], true);
            out.write('"');
        }
    }

    private void escape(String text, boolean attribute) throws IOException {
        String visible = Visible.inXml(text);
        int written = 0;
        for (int i = 0; i < visible.length(); i++) {
            String escape = escape(visible.charAt(i), attribute);
            if (escape != null) {
                out.write(visible, written, i - written);
                out.write(escape);
                written = i + 1;
            }
        }
        out.write(visible, written, visible.length() - written);
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
}
