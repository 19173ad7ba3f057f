package dev.remora.sglang;

import com.google.protobuf.Message;
import dev.remora.proto.SglangGenerate.AbortRequest;
import dev.remora.proto.SglangGenerate.AbortResponse;
import dev.remora.proto.SglangGenerate.GenerateRequest;
import dev.remora.proto.SglangGenerate.GenerateResponse;
import dev.remora.proto.WorkerService;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.protobuf.ProtoUtils;

/** The methods of SGLang's service that are called here. */
final class SglangMethods {
  static final MethodDescriptor<GenerateRequest, GenerateResponse> GENERATE =
      method(
          MethodType.SERVER_STREAMING,
          "Generate",
          GenerateRequest.getDefaultInstance(),
          GenerateResponse.getDefaultInstance());

  static final MethodDescriptor<AbortRequest, AbortResponse> ABORT =
      method(
          MethodType.UNARY,
          "Abort",
          AbortRequest.getDefaultInstance(),
          AbortResponse.getDefaultInstance());

  private SglangMethods() {}

  private static <Q extends Message, A extends Message> MethodDescriptor<Q, A> method(
      MethodType type, String name, Q request, A answer) {
    return MethodDescriptor.<Q, A>newBuilder()
        .setType(type)
        .setFullMethodName(
            MethodDescriptor.generateFullMethodName(WorkerService.SGLANG.fullName(), name))
        .setRequestMarshaller(ProtoUtils.marshaller(request))
        .setResponseMarshaller(ProtoUtils.marshaller(answer))
        .build();
  }
}
