package org.juniteval.engine.suite;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * How values that join the cache key are written: the same on every machine and in every JVM. A file or folder, wherever
 * it stands in a value, is what it holds, never its name here; a set is sorted, for {@code Set.of} has another order in
 * every JVM.
 */
final class KeyValues {

    private KeyValues() {}

    static Module module() {
        return new SimpleModule("key values")
                .addSerializer(Path.class, new Content())
                .addSerializer(File.class, new FileContent())
                .addSerializer(Set.class, new Sorted());
    }

    private static final class Content extends JsonSerializer<Path> {
        @Override
        public void serialize(Path path, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString("sha256:" + ContentHash.of(path));
        }
    }

    private static final class FileContent extends JsonSerializer<File> {
        @Override
        public void serialize(File file, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString("sha256:" + ContentHash.of(file.toPath()));
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class Sorted extends JsonSerializer<Set> {
        @Override
        public void serialize(Set set, JsonGenerator json, SerializerProvider provider) throws IOException {
            List<JsonNode> elements = new ArrayList<>();
            for (Object element : set) {
                elements.add(((ObjectMapper) json.getCodec()).valueToTree(element));
            }
            elements.sort(Comparator.comparing(JsonNode::toString));
            json.writeStartArray();
            for (JsonNode element : elements) {
                json.writeTree(element);
            }
            json.writeEndArray();
        }
    }
}
