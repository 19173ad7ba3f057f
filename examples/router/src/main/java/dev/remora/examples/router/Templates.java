package dev.remora.examples.router;

import dev.remora.ResponseException;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.ContentDigest;
import dev.remora.chat.ChatTemplate;
import dev.remora.chat.ContentFormat;
import dev.remora.chat.response.ResponseTemplate;
import java.util.Optional;

/**
 * The templates of a bundle, which are compiled once and shared by all requests.
 *
 * @param of the content of the bundle
 * @param chat messages to the prompt
 * @param format what the chat template expects of content
 * @param replies replies to messages; empty where replies are all content
 */
record Templates(
    ContentDigest of, ChatTemplate chat, ContentFormat format, Optional<ResponseTemplate> replies) {
  static Templates of(BundleInfo bundle) {
    ChatTemplate chat = ChatTemplate.of(bundle);
    return new Templates(bundle.digest(), chat, chat.contentFormat(null), replies(bundle));
  }

  private static Optional<ResponseTemplate> replies(BundleInfo bundle) {
    try {
      return Optional.of(ResponseTemplate.of(bundle));
    } catch (ResponseException e) {
      if (e.problem() == ResponseException.Problem.NO_TEMPLATE) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
