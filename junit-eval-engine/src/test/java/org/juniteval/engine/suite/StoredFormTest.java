package org.juniteval.engine.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StoredFormTest {

    private static StoredForm form(Type type) {
        try {
            return new StoredForm(
                    StoredFormTest.class.getDeclaredMethod("answer"),
                    type,
                    Json.of(StoredFormTest.class).outputs());
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void answer() {}

    private static <T> Object roundTrip(T value, TypeReference<T> type) throws SuiteFault {
        StoredForm form = form(type.getType());
        assertThat(form.faults()).isEmpty();
        return form.restore(form.store(value, json -> json));
    }

    private static <T> void comesBack(T value, TypeReference<T> type) throws SuiteFault {
        assertThat(roundTrip(value, type)).isEqualTo(value);
    }

    enum Label {
        GOOD,
        BAD
    }

    record Span(int from, int to) {
        int length() {
            return to - from;
        }

        public boolean isEmpty() {
            return from == to;
        }
    }

    record Extraction(
            String text,
            List<Span> spans,
            Map<Label, BigDecimal> shares,
            Optional<LocalDate> date,
            Set<String> tags,
            double[] vector) {}

    record Page<T>(List<T> items, T first) {}

    record Node(String name, List<Node> children) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Answered.class, name = "answered"),
        @JsonSubTypes.Type(value = Refused.class, name = "refused")
    })
    sealed interface Reply {}

    record Answered(String text) implements Reply {}

    record Refused() implements Reply {}

    static class Bean {
        private String text;
        private int count;

        public String getText() {
            return text;
        }

        public void setText(String text) {
            this.text = text;
        }

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }

        @JsonIgnore
        public String getShort() {
            return text.substring(0, 1);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bean bean && bean.text.equals(text) && bean.count == count;
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    static final class Created {
        private final String text;

        @JsonCreator
        Created(@JsonProperty("text") String text) {
            this.text = text;
        }

        public String getText() {
            return text;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Created created && created.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    static final class Code {
        private final String code;

        @JsonCreator
        Code(String code) {
            this.code = code;
        }

        @JsonValue
        String code() {
            return code;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Code that && that.code.equals(code);
        }

        @Override
        public int hashCode() {
            return code.hashCode();
        }
    }

    @Nested
    class What_comes_back {
        @Test
        void is_text_numbers_enums_dates_and_the_like() throws Throwable {
            comesBack("Lima \u0000 \uD83E\uDD99 ]]>", new TypeReference<String>() {});
            comesBack(42, new TypeReference<Integer>() {});
            comesBack(0.1f, new TypeReference<Float>() {});
            comesBack(0.1, new TypeReference<Double>() {});
            comesBack(Double.NaN, new TypeReference<Double>() {});
            comesBack(new BigDecimal("0.10000000000000000000001"), new TypeReference<BigDecimal>() {});
            comesBack(true, new TypeReference<Boolean>() {});
            comesBack(Label.GOOD, new TypeReference<Label>() {});
            comesBack(Instant.parse("2026-11-01T00:00:00.000000001Z"), new TypeReference<Instant>() {});
            comesBack(OffsetDateTime.parse("2026-11-01T00:00:00+05:00"), new TypeReference<OffsetDateTime>() {});
            comesBack(Duration.ofMillis(1500), new TypeReference<Duration>() {});
            comesBack(URI.create("https://example.org"), new TypeReference<URI>() {});
            comesBack(UUID.fromString("00000000-0000-0000-0000-000000000001"), new TypeReference<UUID>() {});
        }

        @Test
        void is_text_with_half_a_surrogate_pair() throws Throwable {
            comesBack("a\uD83Eb", new TypeReference<String>() {});
        }

        @Test
        void is_a_text_of_ten_million_characters() throws Throwable {
            comesBack("x".repeat(30_000_000), new TypeReference<String>() {});
        }

        @Test
        void is_json_with_its_numbers_as_they_were_written() throws Throwable {
            JsonNode json = Suites.json("{\"a\": 0.1000000000000000055, \"b\": [1, null, 1e400]}");
            comesBack(json, new TypeReference<JsonNode>() {});
        }

        @Test
        void is_containers_and_optionals() throws Throwable {
            comesBack(List.of(Map.of("a", List.of(1, 2))), new TypeReference<List<Map<String, List<Integer>>>>() {});
            comesBack(Optional.of("x"), new TypeReference<Optional<String>>() {});
            comesBack(Optional.empty(), new TypeReference<Optional<String>>() {});
            comesBack(Map.of("a", 0.5), new TypeReference<Map<String, Object>>() {});
        }

        @Test
        void is_a_set_in_whatever_order_it_was() throws Throwable {
            Set<String> many = IntStream.range(0, 100).mapToObj(i -> "t" + i).collect(Collectors.toSet());
            comesBack(new LinkedHashSet<>(List.of("c", "a", "b")), new TypeReference<Set<String>>() {});
            comesBack(Set.of("c", "a", "b"), new TypeReference<Set<String>>() {});
            HashSet<String> roomy = new HashSet<>(10_000);
            roomy.addAll(many);
            comesBack(roomy, new TypeReference<HashSet<String>>() {});
        }

        @Test
        void is_records_generic_nested_and_recursive_ones_too() throws Throwable {
            Extraction extraction = new Extraction(
                    "x",
                    List.of(new Span(1, 2)),
                    Map.of(Label.GOOD, new BigDecimal("0.50")),
                    Optional.of(LocalDate.of(2026, 11, 1)),
                    Set.of("a"),
                    new double[] {0.1});
            Extraction back = (Extraction) roundTrip(extraction, new TypeReference<Extraction>() {});
            assertThat(back).usingRecursiveComparison().isEqualTo(extraction);
            comesBack(new Page<>(List.of(new Span(1, 2)), new Span(3, 4)), new TypeReference<Page<Span>>() {});
            comesBack(new Node("a", List.of(new Node("b", List.of()))), new TypeReference<Node>() {});
        }

        @Test
        void is_beans_with_setters_creators_and_types_that_are_one_value() throws Throwable {
            Bean bean = new Bean();
            bean.setText("x");
            bean.setCount(3);
            comesBack(bean, new TypeReference<Bean>() {});
            comesBack(new Created("x"), new TypeReference<Created>() {});
            comesBack(new Code("x"), new TypeReference<Code>() {});
        }

        @Test
        void is_whatever_annotations_on_properties_say() throws Throwable {
            comesBack(new Annotated(new Answered("x"), new Sided(4), new Sided(3)), new TypeReference<Annotated>() {});
            comesBack(new Sided(4), new TypeReference<Sided>() {});
        }

        @Test
        void is_a_sealed_type_that_tells_its_kinds_apart_in_lists_too() throws Throwable {
            comesBack(new Answered("x"), new TypeReference<Reply>() {});
            comesBack(new Refused(), new TypeReference<Reply>() {});
            comesBack(List.of(new Answered("x"), new Refused()), new TypeReference<List<Reply>>() {});
        }
    }

    interface Shape {
        int sides();
    }

    record Sided(int sides) implements Shape {}

    record Annotated(
            @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Reply reply,
            @JsonDeserialize(as = Sided.class) Shape as,
            @JsonDeserialize(using = SidedReader.class) Shape using) {}

    static class SidedReader extends JsonDeserializer<Shape> {
        @Override
        public Shape deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parser.readValueAs(Sided.class);
        }
    }

    abstract static class AbstractShape {
        public int sides;
    }

    static class NoConstructor {
        private final String text;

        NoConstructor(String text, boolean other) {
            this.text = text;
        }

        public String getText() {
            return text;
        }
    }

    static class OneWay {
        private String hidden = "";

        static OneWay of(String text) {
            OneWay made = new OneWay();
            made.hidden = text;
            return made;
        }

        public String getText() {
            return hidden;
        }
    }

    static class Opaque {
        private String text = "x";

        String text() {
            return text;
        }
    }

    record Holder(String name, Map<String, List<Shape>> shapes) {}

    record Wide(Reply reply, Page<NoConstructor> page) {}

    static class Parent {
        public int a;
    }

    static class Child extends Parent {
        public int b;
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(value = BadKind.class, name = "bad"))
    interface Kinds {}

    static class BadKind implements Kinds {
        BadKind(int a, int b) {}
    }

    @Nested
    class What_does_not_come_back {
        private static String fault(Type type) {
            List<String> faults = form(type).faults();
            assertThat(faults).hasSize(1);
            return faults.get(0);
        }

        @Test
        void is_an_interface_or_abstract_class_without_type_information() {
            assertThat(fault(Shape.class))
                    .contains("StoredFormTest.answer(StoredFormTest.java:")
                    .contains("its output cannot be kept: StoredFormTest.Shape")
                    .contains("is an interface")
                    .contains("use a record instead, or add @JsonTypeInfo");
            assertThat(fault(AbstractShape.class)).contains("is abstract");
            assertThat(fault(InputStream.class)).contains("is abstract");
            assertThat(fault(new TypeReference<Stream<String>>() {}.getType())).contains("is an interface");
        }

        @Test
        void is_a_class_without_a_constructor_that_jackson_can_use() {
            assertThat(fault(NoConstructor.class))
                    .contains("has no constructor that Jackson can use: use a record, or add @JsonCreator");
        }

        @Test
        void is_a_getter_without_a_way_back() {
            assertThat(fault(OneWay.class))
                    .contains("StoredFormTest.OneWay.text")
                    .contains("writes \"text\" but cannot read it back: add a setter or a constructor parameter");
        }

        @Test
        void is_a_class_of_which_nothing_is_written() {
            assertThat(fault(Opaque.class)).contains("StoredFormTest.Opaque").contains("use a record");
        }

        @Test
        void is_found_through_properties_generics_and_containers_with_its_path() {
            assertThat(fault(Holder.class))
                    .contains("StoredFormTest.Holder.shapes[][]: StoredFormTest.Shape is an interface");
            assertThat(fault(Wide.class)).contains("NoConstructor").contains("StoredFormTest.Wide.page.");
            assertThat(fault(new TypeReference<Optional<Shape>>() {}.getType())).contains("Shape is an interface");
            assertThat(fault(Kinds.class)).contains("BadKind");
        }
    }

    @Nested
    class A_value {
        @Test
        void that_is_null_is_a_fault() {
            assertThatThrownBy(() -> form(String.class).store(null, json -> json))
                    .isInstanceOf(SuiteFault.class)
                    .hasMessageContaining("StoredFormTest.answer(StoredFormTest.java:")
                    .hasMessageContaining("returned null: return a value that says what happened");
        }

        @Test
        void that_would_lose_what_its_declared_type_does_not_have_is_a_fault() {
            Child child = new Child();
            child.b = 7;
            assertThatThrownBy(() -> form(Parent.class).store(child, json -> json))
                    .isInstanceOf(SuiteFault.class)
                    .hasMessageContaining("but came back as {\"a\":0}")
                    .hasMessageContaining("use a record");
        }

        @Test
        void that_jackson_cannot_write_is_a_fault_with_the_reason() {
            assertThatThrownBy(() -> form(Object.class).store(new Opaque(), json -> json))
                    .isInstanceOf(SuiteFault.class)
                    .hasMessageContaining("Jackson cannot write its output of StoredFormTest.Opaque")
                    .hasMessageContaining("use a record");
        }

        @Test
        void of_an_older_form_of_the_type_is_read_as_far_as_it_goes() throws Throwable {
            StoredForm form = form(Span.class);
            assertThat(form.restore(Suites.json("{\"from\": 1, \"to\": 2, \"gone\": 3}")))
                    .isEqualTo(new Span(1, 2));
            assertThatThrownBy(() -> form.restore(Suites.json("\"text\"")))
                    .isInstanceOf(SuiteFault.class)
                    .hasMessageContaining("written by an older form of that type");
        }

        @Test
        void is_restored_anew_each_time() throws Throwable {
            StoredForm form = form(new TypeReference<List<String>>() {}.getType());
            JsonNode stored = form.store(List.of("a"), json -> json);
            assertThat(form.restore(stored)).isNotSameAs(form.restore(stored));
            StoredForm tree = form(JsonNode.class);
            JsonNode json = tree.store(Suites.json("{}"), same -> same);
            assertThat(tree.restore(json)).isNotSameAs(json);
        }
    }
}
