package dev.remora.chat.response.family;

import java.util.List;
import java.util.Set;

/**
 * A family of models that reply alike.
 *
 * @param name its name
 * @param template the file of its response template
 * @param chatTemplates the SHA-256 of chat templates that are exactly those of its models
 * @param modelTypes the {@code model_type} of its models; none if it does not tell
 * @param marks what a chat template of the model type must have to be of this family
 */
record ReplyFamily(
    String name,
    String template,
    Set<String> chatTemplates,
    Set<String> modelTypes,
    List<String> marks) {
  boolean isOf(String modelType, List<String> sources) {
    return modelTypes.contains(modelType)
        && marks.stream()
            .allMatch(mark -> sources.stream().anyMatch(source -> source.contains(mark)));
  }
}
