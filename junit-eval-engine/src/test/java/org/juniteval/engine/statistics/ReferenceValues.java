package org.juniteval.engine.statistics;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Figures computed elsewhere; {@code reference-values.json} says where. */
public record ReferenceValues(
        String source,
        List<Description> descriptive,
        LargeOffset largeOffset,
        List<Share> wilson95,
        List<LowerEnd> wilson90,
        Cases epochs,
        Cases clustered) {

    /** The scores of several cases, one array each; the error is that of the cases' means. */
    public record Cases(double[][] scores, double mean, double standardError) {}

    public record Description(
            String name,
            double[] x,
            double mean,
            double median,
            double min,
            double max,
            double variance,
            double standardError) {

        @Override
        public String toString() {
            return name;
        }
    }

    record LargeOffset(double[] x, double mean, double variance, double sampleVariance) {}

    record Share(long passed, long n, double low, double high) {}

    record LowerEnd(long passed, long n, double low) {}

    public static ReferenceValues read() {
        ObjectMapper json = JsonMapper.builder().build();
        try (InputStream file = ReferenceValues.class.getResourceAsStream("reference-values.json")) {
            return json.readValue(file, ReferenceValues.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
