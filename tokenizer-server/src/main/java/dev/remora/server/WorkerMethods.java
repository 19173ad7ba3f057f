package dev.remora.server;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import dev.remora.proto.KvEvents.SubscribeKvEventsRequest;
import dev.remora.proto.SglangGenerate.AbortRequest;
import dev.remora.proto.SglangGenerate.GenerateRequest;
import dev.remora.proto.WorkerService;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** The services of a server, their methods and the counts of their calls. */
final class WorkerMethods {
  private final ScheduledExecutorService timer;
  private final CallCounts tokenizerCalls = new CallCounts();
  private final CallCounts generateCalls = new CallCounts();
  private final CallCounts otherCalls = new CallCounts();
  private final List<StepHandler<?>> handlers = new ArrayList<>();

  WorkerMethods(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** The calls of GetTokenizer, over all services. */
  CallCounts tokenizerCalls() {
    return tokenizerCalls;
  }

  /** The calls of Generate. */
  CallCounts generateCalls() {
    return generateCalls;
  }

  /** Ends the calls that wait for something else than their client. */
  void abandonWaiting() {
    handlers.forEach(StepHandler::abandonWaiting);
  }

  List<ServerServiceDefinition> define(Served served) {
    StepHandler<Empty> getTokenizer =
        handler(
            tokenizerCalls,
            (number, request, answer) -> answer.take(served.script().apply(number)));
    List<ServerServiceDefinition> services = new ArrayList<>();
    for (String name : served.services()) {
      ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(name);
      service.addMethod(
          method(
              name,
              WorkerService.GET_TOKENIZER,
              MethodType.SERVER_STREAMING,
              Empty.getDefaultInstance(),
              getTokenizer));
      addModelInfo(service, name, served.modelInfo());
      addGenerate(service, name, served.generate());
      addKvEvents(service, name, served.kvEvents());
      services.add(service.build());
    }
    return services;
  }

  private void addModelInfo(
      ServerServiceDefinition.Builder service, String name, @Nullable ModelInfo info) {
    WorkerService engine = engine(name);
    if (info == null || engine == null) {
      return;
    }
    List<Step> steps = GenerateMethods.only(info.message(engine));
    StepHandler<Empty> handler =
        handler(otherCalls, (number, request, answer) -> answer.take(steps));
    service.addMethod(
        method(
            name,
            WorkerService.GET_MODEL_INFO,
            MethodType.UNARY,
            Empty.getDefaultInstance(),
            handler));
  }

  private void addGenerate(
      ServerServiceDefinition.Builder service, String name, @Nullable GenerateScript script) {
    if (script == null || engine(name) != WorkerService.SGLANG) {
      return;
    }
    GenerateMethods methods = new GenerateMethods(script);
    service.addMethod(
        method(
            name,
            "Generate",
            MethodType.SERVER_STREAMING,
            GenerateRequest.getDefaultInstance(),
            handler(generateCalls, methods::generate)));
    service.addMethod(
        method(
            name,
            "Abort",
            MethodType.UNARY,
            AbortRequest.getDefaultInstance(),
            handler(otherCalls, methods::abort)));
  }

  private void addKvEvents(
      ServerServiceDefinition.Builder service, String name, @Nullable KvEventFeed feed) {
    if (feed != null) {
      service.addMethod(
          method(
              name,
              WorkerService.SUBSCRIBE_KV_EVENTS,
              MethodType.SERVER_STREAMING,
              SubscribeKvEventsRequest.getDefaultInstance(),
              handler(otherCalls, feed::subscribe)));
    }
  }

  private static @Nullable WorkerService engine(String name) {
    for (WorkerService service : WorkerService.values()) {
      if (service.fullName().equals(name)) {
        return service;
      }
    }
    return null;
  }

  private <Q extends Message> StepHandler<Q> handler(
      CallCounts counts, StepHandler.Responder<Q> responder) {
    StepHandler<Q> handler = new StepHandler<>(responder, timer, counts);
    handlers.add(handler);
    return handler;
  }

  private static <Q extends Message> ServerMethodDefinition<Q, Message> method(
      String service, String name, MethodType type, Q request, StepHandler<Q> handler) {
    MethodDescriptor<Q, Message> descriptor =
        MethodDescriptor.<Q, Message>newBuilder()
            .setType(type)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
            .setRequestMarshaller(ProtoUtils.marshaller(request))
            // A server only writes responses; any message gives a marshaller that can.
            .setResponseMarshaller(ProtoUtils.<Message>marshaller(Empty.getDefaultInstance()))
            .build();
    return ServerMethodDefinition.create(descriptor, handler);
  }
}
