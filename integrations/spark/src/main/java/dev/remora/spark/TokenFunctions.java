package dev.remora.spark;

import dev.remora.remote.TokenizerHandle;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Columns of tokens: how many a text has, and which. Special tokens are added, as {@code
 * Tokenizer.count(text)} and {@code Tokenizer.encode(text)} do; null gives null.
 *
 * <p>The handle is broadcast: its files go to each executor once, and each executor has one
 * tokenizer. Thread-safe.
 */
public final class TokenFunctions {
  private final UserDefinedFunction count;
  private final UserDefinedFunction encode;

  private TokenFunctions(TokenizerHandle handle) {
    count = functions.udf(new CountTokens(handle), DataTypes.IntegerType);
    encode =
        functions.udf(
            new EncodeText(handle), DataTypes.createArrayType(DataTypes.IntegerType, false));
  }

  /** Functions of a session's own, without names in SQL. */
  public static TokenFunctions of(SparkSession spark, TokenizerHandle handle) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return new TokenFunctions(BroadcastBundle.broadcast(context, handle));
  }

  /**
   * The same, which SQL of the session knows as {@code token_count(text)} and {@code
   * token_ids(text)}; {@code encode} is a function of Spark's own.
   */
  public static TokenFunctions register(SparkSession spark, TokenizerHandle handle) {
    TokenFunctions tokens = of(spark, handle);
    spark.udf().register("token_count", tokens.count);
    spark.udf().register("token_ids", tokens.encode);
    return tokens;
  }

  /** The number of tokens of a text, an integer. */
  public Column count(Column text) {
    return count.apply(text);
  }

  /** The ids of a text, an array of integers. */
  public Column encode(Column text) {
    return encode.apply(text);
  }
}
