/** Remora in LangChain4j: {@link dev.remora.langchain4j.ChatTokenCountEstimator}. */
@NullMarked
package dev.remora.langchain4j;

import org.jspecify.annotations.NullMarked;
