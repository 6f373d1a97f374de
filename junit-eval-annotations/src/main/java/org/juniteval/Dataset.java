package org.juniteval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says where the rows of an eval are. Each row is one case. On a class it holds for every eval of the suite; on an
 * {@link Eval} method it replaces that of the class.
 *
 * <pre>{@code
 * @Dataset("capitals.jsonl")                       // beside the suite's class, on the class path
 * @Dataset("/datasets/capitals.jsonl")             // from the class path's root
 * @Dataset("file:src/eval/capitals.jsonl")         // a file, seen from the module's base directory
 * @Dataset({"europe.jsonl", "africa/*.jsonl"})     // several
 * }</pre>
 * In globs {@code *} and {@code ?} stand for characters of one name, {@code **} for any folders, <code>{a,b}</code> for
 * either; their files come in the order of their paths.
 *
 * <p>Or the rows themselves:
 * <pre>{@code
 * @Dataset(rows = """
 *         {"id": "peru", "input": "Peru", "expected": "Lima"}
 *         {"id": "chad", "input": "Chad", "expected": "N'Djamena"}
 *         """)
 * }</pre>
 * Either {@link #value()} or {@link #rows()} is given, never both.
 *
 * <h2>Rows</h2>
 * JSONL: one JSON object a line, in UTF-8; a byte order mark, CRLF and blank lines are accepted.
 * <pre>{@code
 * {"id": "peru", "input": "Peru", "expected": "Lima", "tags": ["south-america"], "metadata": {"source": "atlas"}}
 * }</pre>
 * <table>
 * <caption>Fields of a row</caption>
 * <tr><th>Field</th><th>Type</th><th>Meaning</th></tr>
 * <tr><td>{@code id}</td><td>string or number, unique</td>
 *     <td>the case's name in the test tree, in reports and in the cache. A row without one is named by words of its
 *     input and 6 hex digits of the input's hash: an edited {@code expected} keeps the name, an edited input changes
 *     it</td></tr>
 * <tr><td>{@code input}</td><td>any, required</td>
 *     <td>what {@link Eval} takes, whole or in {@link Input} parts</td></tr>
 * <tr><td>{@code expected}</td><td>any</td><td>the answer key, for scorers: {@link Expected}</td></tr>
 * <tr><td>{@code tags}</td><td>string or array of strings</td>
 *     <td>for selecting cases, as in {@code eval.cases=#south-america}</td></tr>
 * <tr><td>{@code metadata}</td><td>object</td><td>anything else, for scorers: {@link Metadata}</td></tr>
 * </table>
 *
 * <h2>Files made for something else</h2>
 * The other attributes name the fields to read instead:
 * <pre>{@code
 * @Dataset(value = "squad.jsonl", id = "qid", input = {"context", "question"}, expected = "answer")
 * }</pre>
 * Several input fields become one object, whose parts {@code @Input("context")} and {@code @Input("question")} take.
 * Further fields are then ignored. Where no attribute renames a field, a field other than the five is an unknown one.
 *
 * <h2>Faults</h2>
 * All are found in a first pass, before the first call to a model, and reported together, as in
 * {@code capitals.jsonl:17:23 unknown field 'expceted': did you mean 'expected'?}
 * <ul>
 * <li>bad JSON, text that is not UTF-8, a key twice in one object;
 * <li>two rows of one id: ids are unique over all files of the dataset;
 * <li>a missing input, an unknown field, a field that is renamed here and that no row has;
 * <li>a field that a parameter cannot take;
 * <li>a file that is not there, with every place where it was looked for; no rows at all.
 * </ul>
 * Files are streamed, not held in memory.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface Dataset {

    /**
     * {@return where the JSONL is: beside the suite's class ({@code capitals.jsonl}), from the class path's root
     * ({@code /capitals.jsonl}), or a file ({@code file:…}); globs allowed}
     */
    String[] value() default {};

    /** {@return the rows themselves as JSONL, instead of {@link #value()}} */
    String rows() default "";

    /** {@return the field that holds a row's id} */
    String id() default "id";

    /** {@return the field that holds the input; several become one object} */
    String[] input() default "input";

    /** {@return the field that holds the expected answer} */
    String expected() default "expected";

    /** {@return the field that holds the tags} */
    String tags() default "tags";

    /** {@return the field that holds the metadata} */
    String metadata() default "metadata";
}
