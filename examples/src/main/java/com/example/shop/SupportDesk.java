package com.example.shop;

import com.example.shop.Handbook.Hit;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.util.stream.Collectors;

/** Answers customers: the nearest passages of the handbook go into the prompt, a chat model writes the reply. */
public final class SupportDesk {

    private final ChatModel model;
    private final Handbook handbook;

    public SupportDesk(ChatModel model, Handbook handbook) {
        this.model = model;
        this.handbook = handbook;
    }

    /** Answers a question; a provider that honours the seed gives the same answer to the same seed. */
    public ChatResponse answer(String question, int seed) {
        String passages = handbook.search(question, 4).stream()
                .map(Hit::passage)
                .map(id -> "- " + handbook.text(id))
                .collect(Collectors.joining("\n"));
        return model.chat(ChatRequest.builder()
                .messages(
                        SystemMessage.from(Sections.text("prompts/support.md").replace("{passages}", passages)),
                        UserMessage.from(question))
                .parameters(OpenAiChatRequestParameters.builder().seed(seed).build())
                .build());
    }
}
