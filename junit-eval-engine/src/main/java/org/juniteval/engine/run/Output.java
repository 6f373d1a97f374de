package org.juniteval.engine.run;

/**
 * What user code printed on one thread.
 *
 * @param out to standard output
 * @param err to standard error
 */
public record Output(String out, String err) {

    /** Nothing was printed. */
    public static final Output NONE = new Output("", "");

    /** Both, standard output first. */
    public String all() {
        return out.isEmpty() ? err : err.isEmpty() ? out : out.endsWith("\n") ? out + err : out + "\n" + err;
    }
}
