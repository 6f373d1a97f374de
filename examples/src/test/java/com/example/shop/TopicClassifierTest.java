package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.Examples.Example;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Plain unit tests, beside the evals: they say what always holds, the evals how well it works. */
class TopicClassifierTest {

    private final Meaning meaning = new Meaning();

    @Test
    void a_message_that_is_an_example_has_its_topic() {
        var answer = new TopicClassifier(meaning)
                .classify(
                        "My card was declined.",
                        List.of(
                                new Example("My card was declined.", Topic.PAYMENT),
                                new Example("Where is my parcel?", Topic.ORDER_STATUS)));
        assertThat(answer.topic()).isEqualTo(Topic.PAYMENT);
        assertThat(answer.confidence()).isBetween(0.9, 1.0);
    }

    @Test
    void every_draw_holds_as_many_different_examples_of_each_topic() {
        var drawn = new Examples().draw(10, new SplittableRandom(7));
        assertThat(drawn).hasSize(10 * Topic.values().length).doesNotHaveDuplicates();
        assertThat(drawn).filteredOn(example -> example.topic() == Topic.STOCK).hasSize(10);
    }

    @Test
    void every_wording_of_the_labels_names_every_topic() {
        assertThat(LabelPromptEval.labels().values())
                .allSatisfy(prompt -> assertThat(prompt.labels()).containsOnlyKeys(Topic.values()));
    }
}
