package dev.remora.spring;

import dev.remora.remote.LoadListener;
import dev.remora.remote.TokenizerRegistry;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;

/** The registry, the models and the channels to their workers. */
@AutoConfiguration
@EnableConfigurationProperties(RemoraProperties.class)
class RemoraAutoConfiguration {
  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  TokenizerRegistry tokenizerRegistry() {
    return TokenizerRegistry.create();
  }

  @Bean
  @ConditionalOnMissingBean
  RemoraChannels remoraChannels(RemoraProperties properties, ObjectProvider<SslBundles> bundles) {
    ChannelCredentials credentials = credentials(properties.tls(), bundles);
    return address -> Grpc.newChannelBuilder(address, credentials).build();
  }

  private static ChannelCredentials credentials(
      RemoraProperties.Tls tls, ObjectProvider<SslBundles> bundles) {
    if (tls.bundle() != null) {
      SslBundle bundle = bundles.getObject().getBundle(tls.bundle());
      return TlsChannelCredentials.newBuilder()
          .trustManager(bundle.getManagers().getTrustManagers())
          .keyManager(bundle.getManagers().getKeyManagers())
          .build();
    }
    return tls.enabled() ? TlsChannelCredentials.create() : InsecureChannelCredentials.create();
  }

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  RemoraModels remoraModels(
      RemoraProperties properties,
      TokenizerRegistry registry,
      RemoraChannels channels,
      ObjectProvider<LoadListener> listener) {
    return new RemoraModels(
        properties, registry, channels, listener.getIfAvailable(() -> LoadListener.NONE));
  }
}
