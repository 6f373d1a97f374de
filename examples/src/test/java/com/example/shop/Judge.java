package com.example.shop;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.juniteval.Score;

/** A chat model that says how well a reply answers a question. */
final class Judge {

    private static final Pattern GRADE = Pattern.compile("(10|[0-9])\\b[.:,]?\\s*(.*)", Pattern.DOTALL);

    private final ChatModel model;

    Judge(ChatModel model) {
        this.model = model;
    }

    Score grade(String question, String reply) {
        String said = model.chat(
                        SystemMessage.from(Sections.text("judge.md")),
                        UserMessage.from("Question: " + question + "\nReply: " + reply))
                .aiMessage()
                .text();
        Matcher grade = GRADE.matcher(said.strip());
        return grade.matches()
                ? Score.of(Integer.parseInt(grade.group(1)) / 10.0, grade.group(2))
                : Score.abstain("no grade at the beginning of: " + said);
    }
}
