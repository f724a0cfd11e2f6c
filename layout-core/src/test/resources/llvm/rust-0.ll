; ModuleID = 'functions.e2ed639eba99fe1b-cgu.0'
source_filename = "functions.e2ed639eba99fe1b-cgu.0"
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

%Stripe = type { %"core::sync::atomic::AtomicU64", [7 x i64] }
%"core::sync::atomic::AtomicU64" = type { i64 }

@alloc_9cd20c3e415f4d39f0ceb012cb758628 = private unnamed_addr constant [40 x i8] c"there is no such thing as a release load", align 1
@alloc_e17502e153481471943c37e20438384b = private unnamed_addr constant [80 x i8] c"/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/sync/atomic.rs\00", align 1
@alloc_b7d26e4bc52b7f02cc25e37f0bf633e4 = private unnamed_addr constant <{ ptr, [16 x i8] }> <{ ptr @alloc_e17502e153481471943c37e20438384b, [16 x i8] c"O\00\00\00\00\00\00\005\0F\00\00\18\00\00\00" }>, align 8
@alloc_96ab912d0054b46da785b206a96c9a45 = private unnamed_addr constant [49 x i8] c"there is no such thing as an acquire-release load", align 1
@alloc_738c866d826467e54726b360a2118a62 = private unnamed_addr constant <{ ptr, [16 x i8] }> <{ ptr @alloc_e17502e153481471943c37e20438384b, [16 x i8] c"O\00\00\00\00\00\00\006\0F\00\00\17\00\00\00" }>, align 8
@alloc_bf39103a6db665396aab4632362d9353 = private unnamed_addr constant [42 x i8] c"there is no such thing as an acquire store", align 1
@alloc_a574beff59ab58cf5ed2d6bc163e2302 = private unnamed_addr constant <{ ptr, [16 x i8] }> <{ ptr @alloc_e17502e153481471943c37e20438384b, [16 x i8] c"O\00\00\00\00\00\00\00&\0F\00\00\18\00\00\00" }>, align 8
@alloc_00c0bce0fa6327f8ec8e69d6d765d508 = private unnamed_addr constant [50 x i8] c"there is no such thing as an acquire-release store", align 1
@alloc_aec0388915b72a4f610ad656c35be884 = private unnamed_addr constant <{ ptr, [16 x i8] }> <{ ptr @alloc_e17502e153481471943c37e20438384b, [16 x i8] c"O\00\00\00\00\00\00\00'\0F\00\00\17\00\00\00" }>, align 8
@alloc_5a43f8d94dd4505c1dba43832ce73af8 = private unnamed_addr constant [52 x i8] c"there is no such thing as a release failure ordering", align 1
@alloc_1dbbdb33ce56ab0f629d5d081745ad16 = private unnamed_addr constant <{ ptr, [16 x i8] }> <{ ptr @alloc_e17502e153481471943c37e20438384b, [16 x i8] c"O\00\00\00\00\00\00\00\EC\0F\00\00\1D\00\00\00" }>, align 8
@alloc_7adef5546d83b439c7829602020737c6 = private unnamed_addr constant [61 x i8] c"there is no such thing as an acquire-release failure ordering", align 1
@alloc_11a7b6bb3417a8fba26ae9c100d23a1b = private unnamed_addr constant <{ ptr, [16 x i8] }> <{ ptr @alloc_e17502e153481471943c37e20438384b, [16 x i8] c"O\00\00\00\00\00\00\00\EB\0F\00\00\1C\00\00\00" }>, align 8
@alloc_8409f064793ead9aec12ab7879231414 = private unnamed_addr constant [13 x i8] c"functions.rs\00", align 1
@alloc_921205628a127dc9c8e328d7e757fa22 = private unnamed_addr constant <{ ptr, [16 x i8] }> <{ ptr @alloc_8409f064793ead9aec12ab7879231414, [16 x i8] c"\0C\00\00\00\00\00\00\003\00\00\00\05\00\00\00" }>, align 8
@alloc_c42b68d6fd22171040aca81453ab42a2 = private unnamed_addr constant <{ ptr, [16 x i8] }> <{ ptr @alloc_8409f064793ead9aec12ab7879231414, [16 x i8] c"\0C\00\00\00\00\00\00\00>\00\00\007\00\00\00" }>, align 8

; core::sync::atomic::AtomicBool::load
; Function Attrs: inlinehint nonlazybind uwtable
define internal zeroext i1 @_ZN4core4sync6atomic10AtomicBool4load17hf724be7fc317d661E(ptr align 1 %self, i8 %order) unnamed_addr #0 !dbg !20 {
start:
  %order.dbg.spill = alloca [1 x i8], align 1
  %self.dbg.spill = alloca [8 x i8], align 8
  store ptr %self, ptr %self.dbg.spill, align 8
    #dbg_declare(ptr %self.dbg.spill, !38, !DIExpression(), !40)
  store i8 %order, ptr %order.dbg.spill, align 1
    #dbg_declare(ptr %order.dbg.spill, !39, !DIExpression(), !41)
    #dbg_value(ptr %self, !42, !DIExpression(), !51)
; call core::sync::atomic::atomic_load
  %_3 = call i8 @_ZN4core4sync6atomic11atomic_load17h6d953d4cf892cc49E(ptr %self, i8 %order) #4, !dbg !53
  %_0 = icmp ne i8 %_3, 0, !dbg !53
  ret i1 %_0, !dbg !54
}

; core::sync::atomic::atomic_load
; Function Attrs: inlinehint nonlazybind uwtable
define i64 @_ZN4core4sync6atomic11atomic_load17h1fba395baad3cd21E(ptr %dst, i8 %order) unnamed_addr #0 !dbg !55 {
start:
  %s.dbg.spill1 = alloca [16 x i8], align 8
  %s.dbg.spill = alloca [16 x i8], align 8
  %order.dbg.spill = alloca [1 x i8], align 1
  %dst.dbg.spill = alloca [8 x i8], align 8
  %_0 = alloca [8 x i8], align 8
  store ptr %dst, ptr %dst.dbg.spill, align 8
    #dbg_declare(ptr %dst.dbg.spill, !61, !DIExpression(), !65)
  store i8 %order, ptr %order.dbg.spill, align 1
    #dbg_declare(ptr %order.dbg.spill, !62, !DIExpression(), !66)
  %_3 = zext i8 %order to i64, !dbg !67
  switch i64 %_3, label %bb1 [
    i64 0, label %bb6
    i64 1, label %bb3
    i64 2, label %bb5
    i64 3, label %bb2
    i64 4, label %bb4
  ], !dbg !68

bb1:                                              ; preds = %start
  unreachable, !dbg !67

bb6:                                              ; preds = %start
  %0 = load atomic i64, ptr %dst monotonic, align 8, !dbg !69
  store i64 %0, ptr %_0, align 8, !dbg !69
  br label %bb7, !dbg !69

bb3:                                              ; preds = %start
  store ptr @alloc_9cd20c3e415f4d39f0ceb012cb758628, ptr %s.dbg.spill, align 8, !dbg !70
  %1 = getelementptr inbounds i8, ptr %s.dbg.spill, i64 8, !dbg !70
  store i64 40, ptr %1, align 8, !dbg !70
    #dbg_declare(ptr %s.dbg.spill, !71, !DIExpression(), !174)
    #dbg_declare(ptr %s.dbg.spill, !175, !DIExpression(), !183)
    #dbg_declare(ptr %s.dbg.spill, !186, !DIExpression(), !191)
    #dbg_declare(ptr %s.dbg.spill, !193, !DIExpression(), !202)
; call core::panicking::panic_fmt
  call void @_RNvNtCsgEmfK2I1SDS_4core9panicking9panic_fmt(ptr @alloc_9cd20c3e415f4d39f0ceb012cb758628, ptr inttoptr (i64 81 to ptr), ptr align 8 @alloc_b7d26e4bc52b7f02cc25e37f0bf633e4) #5, !dbg !70
  unreachable, !dbg !70

bb5:                                              ; preds = %start
  %2 = load atomic i64, ptr %dst acquire, align 8, !dbg !205
  store i64 %2, ptr %_0, align 8, !dbg !205
  br label %bb7, !dbg !205

bb2:                                              ; preds = %start
  store ptr @alloc_96ab912d0054b46da785b206a96c9a45, ptr %s.dbg.spill1, align 8, !dbg !206
  %3 = getelementptr inbounds i8, ptr %s.dbg.spill1, i64 8, !dbg !206
  store i64 49, ptr %3, align 8, !dbg !206
    #dbg_declare(ptr %s.dbg.spill1, !71, !DIExpression(), !207)
    #dbg_declare(ptr %s.dbg.spill1, !175, !DIExpression(), !208)
    #dbg_declare(ptr %s.dbg.spill1, !186, !DIExpression(), !210)
    #dbg_declare(ptr %s.dbg.spill1, !193, !DIExpression(), !212)
; call core::panicking::panic_fmt
  call void @_RNvNtCsgEmfK2I1SDS_4core9panicking9panic_fmt(ptr @alloc_96ab912d0054b46da785b206a96c9a45, ptr inttoptr (i64 99 to ptr), ptr align 8 @alloc_738c866d826467e54726b360a2118a62) #5, !dbg !206
  unreachable, !dbg !206

bb4:                                              ; preds = %start
  %4 = load atomic i64, ptr %dst seq_cst, align 8, !dbg !214
  store i64 %4, ptr %_0, align 8, !dbg !214
  br label %bb7, !dbg !214

bb7:                                              ; preds = %bb4, %bb5, %bb6
  %5 = load i64, ptr %_0, align 8, !dbg !215
  ret i64 %5, !dbg !215
}

; core::sync::atomic::atomic_load
; Function Attrs: inlinehint nonlazybind uwtable
define i8 @_ZN4core4sync6atomic11atomic_load17h6d953d4cf892cc49E(ptr %dst, i8 %order) unnamed_addr #0 !dbg !216 {
start:
  %s.dbg.spill1 = alloca [16 x i8], align 8
  %s.dbg.spill = alloca [16 x i8], align 8
  %order.dbg.spill = alloca [1 x i8], align 1
  %dst.dbg.spill = alloca [8 x i8], align 8
  %_0 = alloca [1 x i8], align 1
  store ptr %dst, ptr %dst.dbg.spill, align 8
    #dbg_declare(ptr %dst.dbg.spill, !220, !DIExpression(), !222)
  store i8 %order, ptr %order.dbg.spill, align 1
    #dbg_declare(ptr %order.dbg.spill, !221, !DIExpression(), !223)
  %_3 = zext i8 %order to i64, !dbg !224
  switch i64 %_3, label %bb1 [
    i64 0, label %bb6
    i64 1, label %bb3
    i64 2, label %bb5
    i64 3, label %bb2
    i64 4, label %bb4
  ], !dbg !225

bb1:                                              ; preds = %start
  unreachable, !dbg !224

bb6:                                              ; preds = %start
  %0 = load atomic i8, ptr %dst monotonic, align 1, !dbg !226
  store i8 %0, ptr %_0, align 1, !dbg !226
  br label %bb7, !dbg !226

bb3:                                              ; preds = %start
  store ptr @alloc_9cd20c3e415f4d39f0ceb012cb758628, ptr %s.dbg.spill, align 8, !dbg !227
  %1 = getelementptr inbounds i8, ptr %s.dbg.spill, i64 8, !dbg !227
  store i64 40, ptr %1, align 8, !dbg !227
    #dbg_declare(ptr %s.dbg.spill, !228, !DIExpression(), !231)
    #dbg_declare(ptr %s.dbg.spill, !232, !DIExpression(), !235)
    #dbg_declare(ptr %s.dbg.spill, !238, !DIExpression(), !241)
    #dbg_declare(ptr %s.dbg.spill, !243, !DIExpression(), !246)
; call core::panicking::panic_fmt
  call void @_RNvNtCsgEmfK2I1SDS_4core9panicking9panic_fmt(ptr @alloc_9cd20c3e415f4d39f0ceb012cb758628, ptr inttoptr (i64 81 to ptr), ptr align 8 @alloc_b7d26e4bc52b7f02cc25e37f0bf633e4) #5, !dbg !227
  unreachable, !dbg !227

bb5:                                              ; preds = %start
  %2 = load atomic i8, ptr %dst acquire, align 1, !dbg !249
  store i8 %2, ptr %_0, align 1, !dbg !249
  br label %bb7, !dbg !249

bb2:                                              ; preds = %start
  store ptr @alloc_96ab912d0054b46da785b206a96c9a45, ptr %s.dbg.spill1, align 8, !dbg !250
  %3 = getelementptr inbounds i8, ptr %s.dbg.spill1, i64 8, !dbg !250
  store i64 49, ptr %3, align 8, !dbg !250
    #dbg_declare(ptr %s.dbg.spill1, !228, !DIExpression(), !251)
    #dbg_declare(ptr %s.dbg.spill1, !232, !DIExpression(), !252)
    #dbg_declare(ptr %s.dbg.spill1, !238, !DIExpression(), !254)
    #dbg_declare(ptr %s.dbg.spill1, !243, !DIExpression(), !256)
; call core::panicking::panic_fmt
  call void @_RNvNtCsgEmfK2I1SDS_4core9panicking9panic_fmt(ptr @alloc_96ab912d0054b46da785b206a96c9a45, ptr inttoptr (i64 99 to ptr), ptr align 8 @alloc_738c866d826467e54726b360a2118a62) #5, !dbg !250
  unreachable, !dbg !250

bb4:                                              ; preds = %start
  %4 = load atomic i8, ptr %dst seq_cst, align 1, !dbg !258
  store i8 %4, ptr %_0, align 1, !dbg !258
  br label %bb7, !dbg !258

bb7:                                              ; preds = %bb4, %bb5, %bb6
  %5 = load i8, ptr %_0, align 1, !dbg !259
  ret i8 %5, !dbg !259
}

; core::sync::atomic::atomic_store
; Function Attrs: inlinehint nonlazybind uwtable
define void @_ZN4core4sync6atomic12atomic_store17hf06d90cb5dc698abE(ptr %dst, i64 %val, i8 %order) unnamed_addr #0 !dbg !260 {
start:
  %s.dbg.spill1 = alloca [16 x i8], align 8
  %s.dbg.spill = alloca [16 x i8], align 8
  %order.dbg.spill = alloca [1 x i8], align 1
  %val.dbg.spill = alloca [8 x i8], align 8
  %dst.dbg.spill = alloca [8 x i8], align 8
  store ptr %dst, ptr %dst.dbg.spill, align 8
    #dbg_declare(ptr %dst.dbg.spill, !265, !DIExpression(), !268)
  store i64 %val, ptr %val.dbg.spill, align 8
    #dbg_declare(ptr %val.dbg.spill, !266, !DIExpression(), !269)
  store i8 %order, ptr %order.dbg.spill, align 1
    #dbg_declare(ptr %order.dbg.spill, !267, !DIExpression(), !270)
  %_4 = zext i8 %order to i64, !dbg !271
  switch i64 %_4, label %bb1 [
    i64 0, label %bb6
    i64 1, label %bb5
    i64 2, label %bb3
    i64 3, label %bb2
    i64 4, label %bb4
  ], !dbg !272

bb1:                                              ; preds = %start
  unreachable, !dbg !271

bb6:                                              ; preds = %start
  store atomic i64 %val, ptr %dst monotonic, align 8, !dbg !273
  br label %bb7, !dbg !273

bb5:                                              ; preds = %start
  store atomic i64 %val, ptr %dst release, align 8, !dbg !274
  br label %bb7, !dbg !274

bb3:                                              ; preds = %start
  store ptr @alloc_bf39103a6db665396aab4632362d9353, ptr %s.dbg.spill, align 8, !dbg !275
  %0 = getelementptr inbounds i8, ptr %s.dbg.spill, i64 8, !dbg !275
  store i64 42, ptr %0, align 8, !dbg !275
    #dbg_declare(ptr %s.dbg.spill, !276, !DIExpression(), !279)
    #dbg_declare(ptr %s.dbg.spill, !280, !DIExpression(), !283)
    #dbg_declare(ptr %s.dbg.spill, !286, !DIExpression(), !289)
    #dbg_declare(ptr %s.dbg.spill, !291, !DIExpression(), !294)
; call core::panicking::panic_fmt
  call void @_RNvNtCsgEmfK2I1SDS_4core9panicking9panic_fmt(ptr @alloc_bf39103a6db665396aab4632362d9353, ptr inttoptr (i64 85 to ptr), ptr align 8 @alloc_a574beff59ab58cf5ed2d6bc163e2302) #5, !dbg !275
  unreachable, !dbg !275

bb2:                                              ; preds = %start
  store ptr @alloc_00c0bce0fa6327f8ec8e69d6d765d508, ptr %s.dbg.spill1, align 8, !dbg !297
  %1 = getelementptr inbounds i8, ptr %s.dbg.spill1, i64 8, !dbg !297
  store i64 50, ptr %1, align 8, !dbg !297
    #dbg_declare(ptr %s.dbg.spill1, !276, !DIExpression(), !298)
    #dbg_declare(ptr %s.dbg.spill1, !280, !DIExpression(), !299)
    #dbg_declare(ptr %s.dbg.spill1, !286, !DIExpression(), !301)
    #dbg_declare(ptr %s.dbg.spill1, !291, !DIExpression(), !303)
; call core::panicking::panic_fmt
  call void @_RNvNtCsgEmfK2I1SDS_4core9panicking9panic_fmt(ptr @alloc_00c0bce0fa6327f8ec8e69d6d765d508, ptr inttoptr (i64 101 to ptr), ptr align 8 @alloc_aec0388915b72a4f610ad656c35be884) #5, !dbg !297
  unreachable, !dbg !297

bb4:                                              ; preds = %start
  store atomic i64 %val, ptr %dst seq_cst, align 8, !dbg !305
  br label %bb7, !dbg !305

bb7:                                              ; preds = %bb4, %bb5, %bb6
  ret void, !dbg !306
}

; core::sync::atomic::atomic_compare_exchange_weak
; Function Attrs: inlinehint nonlazybind uwtable
define { i64, i64 } @_ZN4core4sync6atomic28atomic_compare_exchange_weak17h29a6ed9b53f5b6b1E(ptr %dst, i64 %old, i64 %new, i8 %success, i8 %failure) unnamed_addr #0 !dbg !307 {
start:
  %s.dbg.spill1 = alloca [16 x i8], align 8
  %s.dbg.spill = alloca [16 x i8], align 8
  %ok.dbg.spill = alloca [1 x i8], align 1
  %val.dbg.spill = alloca [8 x i8], align 8
  %failure.dbg.spill = alloca [1 x i8], align 1
  %success.dbg.spill = alloca [1 x i8], align 1
  %new.dbg.spill = alloca [8 x i8], align 8
  %old.dbg.spill = alloca [8 x i8], align 8
  %dst.dbg.spill = alloca [8 x i8], align 8
  %_8 = alloca [16 x i8], align 8
  %_0 = alloca [16 x i8], align 8
  store ptr %dst, ptr %dst.dbg.spill, align 8
    #dbg_declare(ptr %dst.dbg.spill, !326, !DIExpression(), !334)
  store i64 %old, ptr %old.dbg.spill, align 8
    #dbg_declare(ptr %old.dbg.spill, !327, !DIExpression(), !335)
  store i64 %new, ptr %new.dbg.spill, align 8
    #dbg_declare(ptr %new.dbg.spill, !328, !DIExpression(), !336)
  store i8 %success, ptr %success.dbg.spill, align 1
    #dbg_declare(ptr %success.dbg.spill, !329, !DIExpression(), !337)
  store i8 %failure, ptr %failure.dbg.spill, align 1
    #dbg_declare(ptr %failure.dbg.spill, !330, !DIExpression(), !338)
  %_14 = zext i8 %success to i64, !dbg !339
  switch i64 %_14, label %bb7 [
    i64 0, label %bb2
    i64 1, label %bb4
    i64 2, label %bb3
    i64 3, label %bb5
    i64 4, label %bb6
  ], !dbg !340

bb7:                                              ; preds = %start
  unreachable, !dbg !339

bb2:                                              ; preds = %start
  %_9 = zext i8 %failure to i64, !dbg !339
  switch i64 %_9, label %bb1 [
    i64 0, label %bb24
    i64 2, label %bb23
    i64 4, label %bb22
  ], !dbg !340

bb4:                                              ; preds = %start
  %_11 = zext i8 %failure to i64, !dbg !339
  switch i64 %_11, label %bb1 [
    i64 0, label %bb18
    i64 2, label %bb17
    i64 4, label %bb16
  ], !dbg !340

bb3:                                              ; preds = %start
  %_10 = zext i8 %failure to i64, !dbg !339
  switch i64 %_10, label %bb1 [
    i64 0, label %bb21
    i64 2, label %bb20
    i64 4, label %bb19
  ], !dbg !340

bb5:                                              ; preds = %start
  %_12 = zext i8 %failure to i64, !dbg !339
  switch i64 %_12, label %bb1 [
    i64 0, label %bb15
    i64 2, label %bb14
    i64 4, label %bb13
  ], !dbg !340

bb6:                                              ; preds = %start
  %_13 = zext i8 %failure to i64, !dbg !339
  switch i64 %_13, label %bb1 [
    i64 0, label %bb12
    i64 2, label %bb11
    i64 4, label %bb10
  ], !dbg !340

bb1:                                              ; preds = %bb6, %bb5, %bb3, %bb4, %bb2
  %_15 = zext i8 %failure to i64, !dbg !339
  %0 = icmp eq i64 %_15, 1, !dbg !340
  br i1 %0, label %bb8, label %bb9, !dbg !340

bb24:                                             ; preds = %bb2
  %1 = cmpxchg weak ptr %dst, i64 %old, i64 %new monotonic monotonic, align 8, !dbg !341
  %2 = extractvalue { i64, i1 } %1, 0, !dbg !341
  %3 = extractvalue { i64, i1 } %1, 1, !dbg !341
  %4 = zext i1 %3 to i8, !dbg !341
  store i64 %2, ptr %_8, align 8, !dbg !341
  %5 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !341
  store i8 %4, ptr %5, align 8, !dbg !341
  br label %bb25, !dbg !341

bb23:                                             ; preds = %bb2
  %6 = cmpxchg weak ptr %dst, i64 %old, i64 %new monotonic acquire, align 8, !dbg !342
  %7 = extractvalue { i64, i1 } %6, 0, !dbg !342
  %8 = extractvalue { i64, i1 } %6, 1, !dbg !342
  %9 = zext i1 %8 to i8, !dbg !342
  store i64 %7, ptr %_8, align 8, !dbg !342
  %10 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !342
  store i8 %9, ptr %10, align 8, !dbg !342
  br label %bb25, !dbg !342

bb22:                                             ; preds = %bb2
  %11 = cmpxchg weak ptr %dst, i64 %old, i64 %new monotonic seq_cst, align 8, !dbg !343
  %12 = extractvalue { i64, i1 } %11, 0, !dbg !343
  %13 = extractvalue { i64, i1 } %11, 1, !dbg !343
  %14 = zext i1 %13 to i8, !dbg !343
  store i64 %12, ptr %_8, align 8, !dbg !343
  %15 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !343
  store i8 %14, ptr %15, align 8, !dbg !343
  br label %bb25, !dbg !343

bb25:                                             ; preds = %bb10, %bb11, %bb12, %bb13, %bb14, %bb15, %bb19, %bb20, %bb21, %bb16, %bb17, %bb18, %bb22, %bb23, %bb24
  %val = load i64, ptr %_8, align 8, !dbg !344
  store i64 %val, ptr %val.dbg.spill, align 8, !dbg !344
    #dbg_declare(ptr %val.dbg.spill, !331, !DIExpression(), !345)
  %16 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !346
  %17 = load i8, ptr %16, align 8, !dbg !346
  %ok = trunc nuw i8 %17 to i1, !dbg !346
  %18 = zext i1 %ok to i8, !dbg !346
  store i8 %18, ptr %ok.dbg.spill, align 1, !dbg !346
    #dbg_declare(ptr %ok.dbg.spill, !333, !DIExpression(), !347)
  br i1 %ok, label %bb26, label %bb27, !dbg !348

bb18:                                             ; preds = %bb4
  %19 = cmpxchg weak ptr %dst, i64 %old, i64 %new release monotonic, align 8, !dbg !349
  %20 = extractvalue { i64, i1 } %19, 0, !dbg !349
  %21 = extractvalue { i64, i1 } %19, 1, !dbg !349
  %22 = zext i1 %21 to i8, !dbg !349
  store i64 %20, ptr %_8, align 8, !dbg !349
  %23 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !349
  store i8 %22, ptr %23, align 8, !dbg !349
  br label %bb25, !dbg !349

bb17:                                             ; preds = %bb4
  %24 = cmpxchg weak ptr %dst, i64 %old, i64 %new release acquire, align 8, !dbg !350
  %25 = extractvalue { i64, i1 } %24, 0, !dbg !350
  %26 = extractvalue { i64, i1 } %24, 1, !dbg !350
  %27 = zext i1 %26 to i8, !dbg !350
  store i64 %25, ptr %_8, align 8, !dbg !350
  %28 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !350
  store i8 %27, ptr %28, align 8, !dbg !350
  br label %bb25, !dbg !350

bb16:                                             ; preds = %bb4
  %29 = cmpxchg weak ptr %dst, i64 %old, i64 %new release seq_cst, align 8, !dbg !351
  %30 = extractvalue { i64, i1 } %29, 0, !dbg !351
  %31 = extractvalue { i64, i1 } %29, 1, !dbg !351
  %32 = zext i1 %31 to i8, !dbg !351
  store i64 %30, ptr %_8, align 8, !dbg !351
  %33 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !351
  store i8 %32, ptr %33, align 8, !dbg !351
  br label %bb25, !dbg !351

bb21:                                             ; preds = %bb3
  %34 = cmpxchg weak ptr %dst, i64 %old, i64 %new acquire monotonic, align 8, !dbg !352
  %35 = extractvalue { i64, i1 } %34, 0, !dbg !352
  %36 = extractvalue { i64, i1 } %34, 1, !dbg !352
  %37 = zext i1 %36 to i8, !dbg !352
  store i64 %35, ptr %_8, align 8, !dbg !352
  %38 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !352
  store i8 %37, ptr %38, align 8, !dbg !352
  br label %bb25, !dbg !352

bb20:                                             ; preds = %bb3
  %39 = cmpxchg weak ptr %dst, i64 %old, i64 %new acquire acquire, align 8, !dbg !353
  %40 = extractvalue { i64, i1 } %39, 0, !dbg !353
  %41 = extractvalue { i64, i1 } %39, 1, !dbg !353
  %42 = zext i1 %41 to i8, !dbg !353
  store i64 %40, ptr %_8, align 8, !dbg !353
  %43 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !353
  store i8 %42, ptr %43, align 8, !dbg !353
  br label %bb25, !dbg !353

bb19:                                             ; preds = %bb3
  %44 = cmpxchg weak ptr %dst, i64 %old, i64 %new acquire seq_cst, align 8, !dbg !354
  %45 = extractvalue { i64, i1 } %44, 0, !dbg !354
  %46 = extractvalue { i64, i1 } %44, 1, !dbg !354
  %47 = zext i1 %46 to i8, !dbg !354
  store i64 %45, ptr %_8, align 8, !dbg !354
  %48 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !354
  store i8 %47, ptr %48, align 8, !dbg !354
  br label %bb25, !dbg !354

bb15:                                             ; preds = %bb5
  %49 = cmpxchg weak ptr %dst, i64 %old, i64 %new acq_rel monotonic, align 8, !dbg !355
  %50 = extractvalue { i64, i1 } %49, 0, !dbg !355
  %51 = extractvalue { i64, i1 } %49, 1, !dbg !355
  %52 = zext i1 %51 to i8, !dbg !355
  store i64 %50, ptr %_8, align 8, !dbg !355
  %53 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !355
  store i8 %52, ptr %53, align 8, !dbg !355
  br label %bb25, !dbg !355

bb14:                                             ; preds = %bb5
  %54 = cmpxchg weak ptr %dst, i64 %old, i64 %new acq_rel acquire, align 8, !dbg !356
  %55 = extractvalue { i64, i1 } %54, 0, !dbg !356
  %56 = extractvalue { i64, i1 } %54, 1, !dbg !356
  %57 = zext i1 %56 to i8, !dbg !356
  store i64 %55, ptr %_8, align 8, !dbg !356
  %58 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !356
  store i8 %57, ptr %58, align 8, !dbg !356
  br label %bb25, !dbg !356

bb13:                                             ; preds = %bb5
  %59 = cmpxchg weak ptr %dst, i64 %old, i64 %new acq_rel seq_cst, align 8, !dbg !357
  %60 = extractvalue { i64, i1 } %59, 0, !dbg !357
  %61 = extractvalue { i64, i1 } %59, 1, !dbg !357
  %62 = zext i1 %61 to i8, !dbg !357
  store i64 %60, ptr %_8, align 8, !dbg !357
  %63 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !357
  store i8 %62, ptr %63, align 8, !dbg !357
  br label %bb25, !dbg !357

bb12:                                             ; preds = %bb6
  %64 = cmpxchg weak ptr %dst, i64 %old, i64 %new seq_cst monotonic, align 8, !dbg !358
  %65 = extractvalue { i64, i1 } %64, 0, !dbg !358
  %66 = extractvalue { i64, i1 } %64, 1, !dbg !358
  %67 = zext i1 %66 to i8, !dbg !358
  store i64 %65, ptr %_8, align 8, !dbg !358
  %68 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !358
  store i8 %67, ptr %68, align 8, !dbg !358
  br label %bb25, !dbg !358

bb11:                                             ; preds = %bb6
  %69 = cmpxchg weak ptr %dst, i64 %old, i64 %new seq_cst acquire, align 8, !dbg !359
  %70 = extractvalue { i64, i1 } %69, 0, !dbg !359
  %71 = extractvalue { i64, i1 } %69, 1, !dbg !359
  %72 = zext i1 %71 to i8, !dbg !359
  store i64 %70, ptr %_8, align 8, !dbg !359
  %73 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !359
  store i8 %72, ptr %73, align 8, !dbg !359
  br label %bb25, !dbg !359

bb10:                                             ; preds = %bb6
  %74 = cmpxchg weak ptr %dst, i64 %old, i64 %new seq_cst seq_cst, align 8, !dbg !360
  %75 = extractvalue { i64, i1 } %74, 0, !dbg !360
  %76 = extractvalue { i64, i1 } %74, 1, !dbg !360
  %77 = zext i1 %76 to i8, !dbg !360
  store i64 %75, ptr %_8, align 8, !dbg !360
  %78 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !360
  store i8 %77, ptr %78, align 8, !dbg !360
  br label %bb25, !dbg !360

bb27:                                             ; preds = %bb25
  %79 = getelementptr inbounds i8, ptr %_0, i64 8, !dbg !361
  store i64 %val, ptr %79, align 8, !dbg !361
  store i64 1, ptr %_0, align 8, !dbg !361
  br label %bb28, !dbg !362

bb26:                                             ; preds = %bb25
  %80 = getelementptr inbounds i8, ptr %_0, i64 8, !dbg !363
  store i64 %val, ptr %80, align 8, !dbg !363
  store i64 0, ptr %_0, align 8, !dbg !363
  br label %bb28, !dbg !362

bb28:                                             ; preds = %bb26, %bb27
  %81 = load i64, ptr %_0, align 8, !dbg !364
  %82 = getelementptr inbounds i8, ptr %_0, i64 8, !dbg !364
  %83 = load i64, ptr %82, align 8, !dbg !364
  %84 = insertvalue { i64, i64 } poison, i64 %81, 0, !dbg !364
  %85 = insertvalue { i64, i64 } %84, i64 %83, 1, !dbg !364
  ret { i64, i64 } %85, !dbg !364

bb8:                                              ; preds = %bb1
  store ptr @alloc_5a43f8d94dd4505c1dba43832ce73af8, ptr %s.dbg.spill, align 8, !dbg !365
  %86 = getelementptr inbounds i8, ptr %s.dbg.spill, i64 8, !dbg !365
  store i64 52, ptr %86, align 8, !dbg !365
    #dbg_declare(ptr %s.dbg.spill, !366, !DIExpression(), !369)
    #dbg_declare(ptr %s.dbg.spill, !370, !DIExpression(), !373)
    #dbg_declare(ptr %s.dbg.spill, !375, !DIExpression(), !378)
    #dbg_declare(ptr %s.dbg.spill, !380, !DIExpression(), !383)
; call core::panicking::panic_fmt
  call void @_RNvNtCsgEmfK2I1SDS_4core9panicking9panic_fmt(ptr @alloc_5a43f8d94dd4505c1dba43832ce73af8, ptr inttoptr (i64 105 to ptr), ptr align 8 @alloc_1dbbdb33ce56ab0f629d5d081745ad16) #5, !dbg !365
  unreachable, !dbg !365

bb9:                                              ; preds = %bb1
  store ptr @alloc_7adef5546d83b439c7829602020737c6, ptr %s.dbg.spill1, align 8, !dbg !385
  %87 = getelementptr inbounds i8, ptr %s.dbg.spill1, i64 8, !dbg !385
  store i64 61, ptr %87, align 8, !dbg !385
    #dbg_declare(ptr %s.dbg.spill1, !366, !DIExpression(), !386)
    #dbg_declare(ptr %s.dbg.spill1, !370, !DIExpression(), !387)
    #dbg_declare(ptr %s.dbg.spill1, !375, !DIExpression(), !390)
    #dbg_declare(ptr %s.dbg.spill1, !380, !DIExpression(), !392)
; call core::panicking::panic_fmt
  call void @_RNvNtCsgEmfK2I1SDS_4core9panicking9panic_fmt(ptr @alloc_7adef5546d83b439c7829602020737c6, ptr inttoptr (i64 123 to ptr), ptr align 8 @alloc_11a7b6bb3417a8fba26ae9c100d23a1b) #5, !dbg !385
  unreachable, !dbg !385
}

; core::sync::atomic::AtomicU64::compare_exchange_weak
; Function Attrs: inlinehint nonlazybind uwtable
define internal { i64, i64 } @_ZN4core4sync6atomic9AtomicU6421compare_exchange_weak17h4e69a773c093dd5bE(ptr align 8 %self, i64 %current, i64 %new, i8 %success, i8 %failure) unnamed_addr #0 !dbg !395 {
start:
  %failure.dbg.spill = alloca [1 x i8], align 1
  %success.dbg.spill = alloca [1 x i8], align 1
  %new.dbg.spill = alloca [8 x i8], align 8
  %current.dbg.spill = alloca [8 x i8], align 8
  %self.dbg.spill = alloca [8 x i8], align 8
  store ptr %self, ptr %self.dbg.spill, align 8
    #dbg_declare(ptr %self.dbg.spill, !407, !DIExpression(), !412)
  store i64 %current, ptr %current.dbg.spill, align 8
    #dbg_declare(ptr %current.dbg.spill, !408, !DIExpression(), !413)
  store i64 %new, ptr %new.dbg.spill, align 8
    #dbg_declare(ptr %new.dbg.spill, !409, !DIExpression(), !414)
  store i8 %success, ptr %success.dbg.spill, align 1
    #dbg_declare(ptr %success.dbg.spill, !410, !DIExpression(), !415)
  store i8 %failure, ptr %failure.dbg.spill, align 1
    #dbg_declare(ptr %failure.dbg.spill, !411, !DIExpression(), !416)
    #dbg_value(ptr %self, !417, !DIExpression(), !424)
; call core::sync::atomic::atomic_compare_exchange_weak
  %0 = call { i64, i64 } @_ZN4core4sync6atomic28atomic_compare_exchange_weak17h29a6ed9b53f5b6b1E(ptr %self, i64 %current, i64 %new, i8 %success, i8 %failure) #4, !dbg !426
  %_0.0 = extractvalue { i64, i64 } %0, 0, !dbg !426
  %_0.1 = extractvalue { i64, i64 } %0, 1, !dbg !426
  %1 = insertvalue { i64, i64 } poison, i64 %_0.0, 0, !dbg !427
  %2 = insertvalue { i64, i64 } %1, i64 %_0.1, 1, !dbg !427
  ret { i64, i64 } %2, !dbg !427
}

; core::sync::atomic::AtomicU64::load
; Function Attrs: inlinehint nonlazybind uwtable
define internal i64 @_ZN4core4sync6atomic9AtomicU644load17h96d1c1e3299a0481E(ptr align 8 %self, i8 %order) unnamed_addr #0 !dbg !428 {
start:
  %order.dbg.spill = alloca [1 x i8], align 1
  %self.dbg.spill = alloca [8 x i8], align 8
  store ptr %self, ptr %self.dbg.spill, align 8
    #dbg_declare(ptr %self.dbg.spill, !433, !DIExpression(), !435)
  store i8 %order, ptr %order.dbg.spill, align 1
    #dbg_declare(ptr %order.dbg.spill, !434, !DIExpression(), !436)
    #dbg_value(ptr %self, !437, !DIExpression(), !440)
; call core::sync::atomic::atomic_load
  %_0 = call i64 @_ZN4core4sync6atomic11atomic_load17h1fba395baad3cd21E(ptr %self, i8 %order) #4, !dbg !442
  ret i64 %_0, !dbg !443
}

; core::sync::atomic::AtomicU64::store
; Function Attrs: inlinehint nonlazybind uwtable
define internal void @_ZN4core4sync6atomic9AtomicU645store17h5b9e9935a8b0478eE(ptr align 8 %self, i64 %val, i8 %order) unnamed_addr #0 !dbg !444 {
start:
  %order.dbg.spill = alloca [1 x i8], align 1
  %val.dbg.spill = alloca [8 x i8], align 8
  %self.dbg.spill = alloca [8 x i8], align 8
  store ptr %self, ptr %self.dbg.spill, align 8
    #dbg_declare(ptr %self.dbg.spill, !449, !DIExpression(), !452)
  store i64 %val, ptr %val.dbg.spill, align 8
    #dbg_declare(ptr %val.dbg.spill, !450, !DIExpression(), !453)
  store i8 %order, ptr %order.dbg.spill, align 1
    #dbg_declare(ptr %order.dbg.spill, !451, !DIExpression(), !454)
    #dbg_value(ptr %self, !455, !DIExpression(), !458)
; call core::sync::atomic::atomic_store
  call void @_ZN4core4sync6atomic12atomic_store17hf06d90cb5dc698abE(ptr %self, i64 %val, i8 %order) #4, !dbg !460
  ret void, !dbg !461
}

; core::sync::atomic::AtomicU64::fetch_add
; Function Attrs: inlinehint nonlazybind uwtable
define internal i64 @_ZN4core4sync6atomic9AtomicU649fetch_add17h9c56f74da9eea45bE(ptr align 8 %self, i64 %val, i8 %order) unnamed_addr #0 !dbg !462 {
start:
  %dst.dbg.spill = alloca [8 x i8], align 8
  %order.dbg.spill = alloca [1 x i8], align 1
  %val.dbg.spill = alloca [8 x i8], align 8
  %self.dbg.spill = alloca [8 x i8], align 8
  %_0 = alloca [8 x i8], align 8
  store ptr %self, ptr %self.dbg.spill, align 8
    #dbg_declare(ptr %self.dbg.spill, !467, !DIExpression(), !470)
  store i64 %val, ptr %val.dbg.spill, align 8
    #dbg_declare(ptr %val.dbg.spill, !468, !DIExpression(), !471)
    #dbg_declare(ptr %val.dbg.spill, !472, !DIExpression(), !481)
  store i8 %order, ptr %order.dbg.spill, align 1
    #dbg_declare(ptr %order.dbg.spill, !469, !DIExpression(), !483)
    #dbg_declare(ptr %order.dbg.spill, !478, !DIExpression(), !484)
    #dbg_value(ptr %self, !485, !DIExpression(), !488)
  store ptr %self, ptr %dst.dbg.spill, align 8, !dbg !490
    #dbg_declare(ptr %dst.dbg.spill, !477, !DIExpression(), !491)
  %_7 = zext i8 %order to i64, !dbg !492
  switch i64 %_7, label %bb2 [
    i64 0, label %bb7
    i64 1, label %bb5
    i64 2, label %bb6
    i64 3, label %bb4
    i64 4, label %bb3
  ], !dbg !493

bb2:                                              ; preds = %start
  unreachable, !dbg !492

bb7:                                              ; preds = %start
  %0 = atomicrmw add ptr %self, i64 %val monotonic, align 8, !dbg !494
  store i64 %0, ptr %_0, align 8, !dbg !494
  br label %bb1, !dbg !494

bb5:                                              ; preds = %start
  %1 = atomicrmw add ptr %self, i64 %val release, align 8, !dbg !495
  store i64 %1, ptr %_0, align 8, !dbg !495
  br label %bb1, !dbg !495

bb6:                                              ; preds = %start
  %2 = atomicrmw add ptr %self, i64 %val acquire, align 8, !dbg !496
  store i64 %2, ptr %_0, align 8, !dbg !496
  br label %bb1, !dbg !496

bb4:                                              ; preds = %start
  %3 = atomicrmw add ptr %self, i64 %val acq_rel, align 8, !dbg !497
  store i64 %3, ptr %_0, align 8, !dbg !497
  br label %bb1, !dbg !497

bb3:                                              ; preds = %start
  %4 = atomicrmw add ptr %self, i64 %val seq_cst, align 8, !dbg !498
  store i64 %4, ptr %_0, align 8, !dbg !498
  br label %bb1, !dbg !498

bb1:                                              ; preds = %bb3, %bb4, %bb6, %bb5, %bb7
  %5 = load i64, ptr %_0, align 8, !dbg !499
  ret i64 %5, !dbg !499
}

; functions::stripes_add
; Function Attrs: noinline nonlazybind uwtable
define void @_ZN9functions11stripes_add17ha833335fa392e89bE(ptr align 8 %stripes, i64 %cpu) unnamed_addr #1 !dbg !500 {
start:
  %cpu.dbg.spill = alloca [8 x i8], align 8
  %stripes.dbg.spill = alloca [8 x i8], align 8
  store ptr %stripes, ptr %stripes.dbg.spill, align 8
    #dbg_declare(ptr %stripes.dbg.spill, !520, !DIExpression(), !522)
  store i64 %cpu, ptr %cpu.dbg.spill, align 8
    #dbg_declare(ptr %cpu.dbg.spill, !521, !DIExpression(), !523)
  %_5 = and i64 %cpu, 7, !dbg !524
  %_6 = icmp ult i64 %_5, 8, !dbg !525
  br i1 %_6, label %bb1, label %panic, !dbg !525

bb1:                                              ; preds = %start
  %_4 = getelementptr inbounds nuw %Stripe, ptr %stripes, i64 %_5, !dbg !525
; call core::sync::atomic::AtomicU64::fetch_add
  %_3 = call i64 @_ZN4core4sync6atomic9AtomicU649fetch_add17h9c56f74da9eea45bE(ptr align 8 %_4, i64 1, i8 0) #4, !dbg !526
  ret void, !dbg !527

panic:                                            ; preds = %start
; call core::panicking::panic_bounds_check
  call void @_RNvNtCsgEmfK2I1SDS_4core9panicking18panic_bounds_check(i64 %_5, i64 8, ptr align 8 @alloc_921205628a127dc9c8e328d7e757fa22) #5, !dbg !525
  unreachable, !dbg !525
}

; functions::count_up
; Function Attrs: noinline nonlazybind uwtable
define zeroext i1 @_ZN9functions8count_up17h5938bab8d240b2efE(ptr align 8 %stripe, i64 %most) unnamed_addr #1 !dbg !528 {
start:
  %now.dbg.spill = alloca [8 x i8], align 8
  %most.dbg.spill = alloca [8 x i8], align 8
  %stripe.dbg.spill = alloca [8 x i8], align 8
  %_8 = alloca [16 x i8], align 8
  %old = alloca [8 x i8], align 8
  %_0 = alloca [1 x i8], align 1
  store ptr %stripe, ptr %stripe.dbg.spill, align 8
    #dbg_declare(ptr %stripe.dbg.spill, !533, !DIExpression(), !539)
  store i64 %most, ptr %most.dbg.spill, align 8
    #dbg_declare(ptr %most.dbg.spill, !534, !DIExpression(), !540)
    #dbg_declare(ptr %old, !535, !DIExpression(), !541)
; call core::sync::atomic::AtomicU64::load
  %0 = call i64 @_ZN4core4sync6atomic9AtomicU644load17h96d1c1e3299a0481E(ptr align 8 %stripe, i8 0) #4, !dbg !542
  store i64 %0, ptr %old, align 8, !dbg !542
  br label %bb1, !dbg !542

bb1:                                              ; preds = %bb7, %start
  %_7 = load i64, ptr %old, align 8, !dbg !543
  %_6 = icmp uge i64 %_7, %most, !dbg !543
  br i1 %_6, label %bb2, label %bb3, !dbg !543

bb3:                                              ; preds = %bb1
  %_10 = load i64, ptr %old, align 8, !dbg !544
  %_12 = load i64, ptr %old, align 8, !dbg !545
  %_13.0 = add i64 %_12, 1, !dbg !545
  %_13.1 = icmp ult i64 %_13.0, %_12, !dbg !545
  br i1 %_13.1, label %panic, label %bb4, !dbg !545

bb2:                                              ; preds = %bb1
  store i8 0, ptr %_0, align 1, !dbg !546
  br label %bb9, !dbg !547

bb4:                                              ; preds = %bb3
; call core::sync::atomic::AtomicU64::compare_exchange_weak
  %1 = call { i64, i64 } @_ZN4core4sync6atomic9AtomicU6421compare_exchange_weak17h4e69a773c093dd5bE(ptr align 8 %stripe, i64 %_10, i64 %_13.0, i8 3, i8 0) #4, !dbg !548
  %2 = extractvalue { i64, i64 } %1, 0, !dbg !548
  %3 = extractvalue { i64, i64 } %1, 1, !dbg !548
  store i64 %2, ptr %_8, align 8, !dbg !548
  %4 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !548
  store i64 %3, ptr %4, align 8, !dbg !548
  %_16 = load i64, ptr %_8, align 8, !dbg !549
  %5 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !549
  %6 = load i64, ptr %5, align 8, !dbg !549
  %7 = trunc nuw i64 %_16 to i1, !dbg !550
  br i1 %7, label %bb7, label %bb8, !dbg !550

panic:                                            ; preds = %bb3
; call core::panicking::panic_const::panic_const_add_overflow
  call void @_RNvNtNtCsgEmfK2I1SDS_4core9panicking11panic_const24panic_const_add_overflow(ptr align 8 @alloc_c42b68d6fd22171040aca81453ab42a2) #5, !dbg !545
  unreachable, !dbg !545

bb7:                                              ; preds = %bb4
  %8 = getelementptr inbounds i8, ptr %_8, i64 8, !dbg !551
  %now = load i64, ptr %8, align 8, !dbg !551
  store i64 %now, ptr %now.dbg.spill, align 8, !dbg !551
    #dbg_declare(ptr %now.dbg.spill, !537, !DIExpression(), !552)
  store i64 %now, ptr %old, align 8, !dbg !553
  br label %bb1, !dbg !554

bb8:                                              ; preds = %bb4
  store i8 1, ptr %_0, align 1, !dbg !555
  br label %bb9, !dbg !547

bb9:                                              ; preds = %bb2, %bb8
  %9 = load i8, ptr %_0, align 1, !dbg !556
  %10 = trunc nuw i8 %9 to i1, !dbg !556
  ret i1 %10, !dbg !556

bb6:                                              ; No predecessors!
  unreachable, !dbg !549
}

; functions::ring_pop
; Function Attrs: noinline nonlazybind uwtable
define i64 @_ZN9functions8ring_pop17h3d1fee70e5a22f47E(ptr align 8 %ring) unnamed_addr #1 !dbg !557 {
start:
  %head.dbg.spill = alloca [8 x i8], align 8
  %ring.dbg.spill = alloca [8 x i8], align 8
  store ptr %ring, ptr %ring.dbg.spill, align 8
    #dbg_declare(ptr %ring.dbg.spill, !567, !DIExpression(), !570)
; call core::sync::atomic::AtomicU64::load
  %head = call i64 @_ZN4core4sync6atomic9AtomicU644load17h96d1c1e3299a0481E(ptr align 8 %ring, i8 2) #4, !dbg !571
  store i64 %head, ptr %head.dbg.spill, align 8, !dbg !571
    #dbg_declare(ptr %head.dbg.spill, !568, !DIExpression(), !572)
  %_6 = getelementptr inbounds i8, ptr %ring, i64 8, !dbg !573
; call core::sync::atomic::AtomicU64::store
  call void @_ZN4core4sync6atomic9AtomicU645store17h5b9e9935a8b0478eE(ptr align 8 %_6, i64 %head, i8 1) #4, !dbg !574
  %0 = getelementptr inbounds i8, ptr %ring, i64 16, !dbg !575
  %_0 = load i64, ptr %0, align 8, !dbg !575
  ret i64 %_0, !dbg !576
}

; functions::flag_wait
; Function Attrs: noinline nonlazybind uwtable
define i64 @_ZN9functions9flag_wait17h043e5895fea1fcf9E(ptr align 8 %flag) unnamed_addr #1 !dbg !577 {
start:
  %flag.dbg.spill = alloca [8 x i8], align 8
  store ptr %flag, ptr %flag.dbg.spill, align 8
    #dbg_declare(ptr %flag.dbg.spill, !586, !DIExpression(), !587)
  br label %bb1, !dbg !588

bb1:                                              ; preds = %bb1, %start
  %_3 = getelementptr inbounds i8, ptr %flag, i64 8, !dbg !589
; call core::sync::atomic::AtomicBool::load
  %_2 = call zeroext i1 @_ZN4core4sync6atomic10AtomicBool4load17hf724be7fc317d661E(ptr align 1 %_3, i8 2) #4, !dbg !590
  br i1 %_2, label %bb3, label %bb1, !dbg !589

bb3:                                              ; preds = %bb1
  %_0 = load i64, ptr %flag, align 8, !dbg !591
  ret i64 %_0, !dbg !592
}

; functions::ring_push
; Function Attrs: noinline nonlazybind uwtable
define i64 @_ZN9functions9ring_push17hdb5017c8a1a4970fE(ptr align 8 %ring, i32 %value) unnamed_addr #1 !dbg !593 {
start:
  %tail.dbg.spill = alloca [8 x i8], align 8
  %value.dbg.spill = alloca [4 x i8], align 4
  %ring.dbg.spill = alloca [8 x i8], align 8
  store ptr %ring, ptr %ring.dbg.spill, align 8
    #dbg_declare(ptr %ring.dbg.spill, !605, !DIExpression(), !609)
  store i32 %value, ptr %value.dbg.spill, align 4
    #dbg_declare(ptr %value.dbg.spill, !606, !DIExpression(), !610)
  %_3 = getelementptr inbounds i8, ptr %ring, i64 8, !dbg !611
; call core::sync::atomic::AtomicU64::load
  %tail = call i64 @_ZN4core4sync6atomic9AtomicU644load17h96d1c1e3299a0481E(ptr align 8 %_3, i8 2) #4, !dbg !612
  store i64 %tail, ptr %tail.dbg.spill, align 8, !dbg !612
    #dbg_declare(ptr %tail.dbg.spill, !607, !DIExpression(), !613)
  %0 = getelementptr inbounds i8, ptr %ring, i64 16, !dbg !614
  store i32 %value, ptr %0, align 8, !dbg !614
; call core::sync::atomic::AtomicU64::fetch_add
  %_5 = call i64 @_ZN4core4sync6atomic9AtomicU649fetch_add17h9c56f74da9eea45bE(ptr align 8 %ring, i64 1, i8 1) #4, !dbg !615
  ret i64 %tail, !dbg !616
}

; core::panicking::panic_fmt
; Function Attrs: cold noinline noreturn nonlazybind uwtable
declare void @_RNvNtCsgEmfK2I1SDS_4core9panicking9panic_fmt(ptr, ptr, ptr align 8) unnamed_addr #2

; core::panicking::panic_bounds_check
; Function Attrs: cold minsize noinline noreturn nonlazybind optsize uwtable
declare void @_RNvNtCsgEmfK2I1SDS_4core9panicking18panic_bounds_check(i64, i64, ptr align 8) unnamed_addr #3

; core::panicking::panic_const::panic_const_add_overflow
; Function Attrs: cold noinline noreturn nonlazybind uwtable
declare void @_RNvNtNtCsgEmfK2I1SDS_4core9panicking11panic_const24panic_const_add_overflow(ptr align 8) unnamed_addr #2

attributes #0 = { inlinehint nonlazybind uwtable "probe-stack"="inline-asm" "target-cpu"="x86-64" }
attributes #1 = { noinline nonlazybind uwtable "probe-stack"="inline-asm" "target-cpu"="x86-64" }
attributes #2 = { cold noinline noreturn nonlazybind uwtable "probe-stack"="inline-asm" "target-cpu"="x86-64" }
attributes #3 = { cold minsize noinline noreturn nonlazybind optsize uwtable "probe-stack"="inline-asm" "target-cpu"="x86-64" }
attributes #4 = { inlinehint }
attributes #5 = { noinline noreturn }

!llvm.module.flags = !{!0, !1, !2, !3}
!llvm.ident = !{!4}
!llvm.dbg.cu = !{!5}

!0 = !{i32 8, !"PIC Level", i32 2}
!1 = !{i32 2, !"RtLibUseGOT", i32 1}
!2 = !{i32 7, !"Dwarf Version", i32 4}
!3 = !{i32 2, !"Debug Info Version", i32 3}
!4 = !{!"rustc version 1.95.0 (59807616e 2026-04-14)"}
!5 = distinct !DICompileUnit(language: DW_LANG_Rust, file: !6, producer: "clang LLVM (rustc version 1.95.0 (59807616e 2026-04-14))", isOptimized: false, runtimeVersion: 0, emissionKind: FullDebug, enums: !7, splitDebugInlining: false, nameTableKind: None)
!6 = !DIFile(filename: "functions.rs/@/functions.e2ed639eba99fe1b-cgu.0", directory: "/src")
!7 = !{!8}
!8 = !DICompositeType(tag: DW_TAG_enumeration_type, name: "Ordering", scope: !10, file: !9, baseType: !13, size: 8, align: 8, flags: DIFlagEnumClass, elements: !14)
!9 = !DIFile(filename: "<unknown>", directory: "")
!10 = !DINamespace(name: "atomic", scope: !11)
!11 = !DINamespace(name: "sync", scope: !12)
!12 = !DINamespace(name: "core", scope: null)
!13 = !DIBasicType(name: "u8", size: 8, encoding: DW_ATE_unsigned)
!14 = !{!15, !16, !17, !18, !19}
!15 = !DIEnumerator(name: "Relaxed", value: 0, isUnsigned: true)
!16 = !DIEnumerator(name: "Release", value: 1, isUnsigned: true)
!17 = !DIEnumerator(name: "Acquire", value: 2, isUnsigned: true)
!18 = !DIEnumerator(name: "AcqRel", value: 3, isUnsigned: true)
!19 = !DIEnumerator(name: "SeqCst", value: 4, isUnsigned: true)
!20 = distinct !DISubprogram(name: "load", linkageName: "_ZN4core4sync6atomic10AtomicBool4load17hf724be7fc317d661E", scope: !22, file: !21, line: 726, type: !32, scopeLine: 726, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, declaration: !36, retainedNodes: !37)
!21 = !DIFile(filename: "library/core/src/sync/atomic.rs", directory: "/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860", checksumkind: CSK_MD5, checksum: "efd884d336fd52cdd46abf1cb836765b")
!22 = !DICompositeType(tag: DW_TAG_structure_type, name: "AtomicBool", scope: !10, file: !9, size: 8, align: 8, flags: DIFlagPublic, elements: !23, templateParams: !31, identifier: "60f0e70b153cf109f3b1ce7e34993661")
!23 = !{!24}
!24 = !DIDerivedType(tag: DW_TAG_member, name: "v", scope: !22, file: !9, baseType: !25, size: 8, align: 8, flags: DIFlagPrivate)
!25 = !DICompositeType(tag: DW_TAG_structure_type, name: "UnsafeCell<u8>", scope: !26, file: !9, size: 8, align: 8, flags: DIFlagPublic, elements: !27, templateParams: !29, identifier: "df3fe7d204cf9645c1e0417088da45bf")
!26 = !DINamespace(name: "cell", scope: !12)
!27 = !{!28}
!28 = !DIDerivedType(tag: DW_TAG_member, name: "value", scope: !25, file: !9, baseType: !13, size: 8, align: 8, flags: DIFlagPrivate)
!29 = !{!30}
!30 = !DITemplateTypeParameter(name: "T", type: !13)
!31 = !{}
!32 = !DISubroutineType(types: !33)
!33 = !{!34, !35, !8}
!34 = !DIBasicType(name: "bool", size: 8, encoding: DW_ATE_boolean)
!35 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&core::sync::atomic::AtomicBool", baseType: !22, size: 64, align: 64, dwarfAddressSpace: 0)
!36 = !DISubprogram(name: "load", linkageName: "_ZN4core4sync6atomic10AtomicBool4load17hf724be7fc317d661E", scope: !22, file: !21, line: 726, type: !32, scopeLine: 726, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit, templateParams: !31)
!37 = !{!38, !39}
!38 = !DILocalVariable(name: "self", arg: 1, scope: !20, file: !21, line: 726, type: !35)
!39 = !DILocalVariable(name: "order", arg: 2, scope: !20, file: !21, line: 726, type: !8)
!40 = !DILocation(line: 726, column: 17, scope: !20)
!41 = !DILocation(line: 726, column: 24, scope: !20)
!42 = !DILocalVariable(name: "self", arg: 1, scope: !43, file: !44, line: 2443, type: !48)
!43 = distinct !DISubprogram(name: "get<u8>", linkageName: "_ZN4core4cell19UnsafeCell$LT$T$GT$3get17hdae6659d572b35cdE", scope: !25, file: !44, line: 2443, type: !45, scopeLine: 2443, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !29, declaration: !49, retainedNodes: !50)
!44 = !DIFile(filename: "library/core/src/cell.rs", directory: "/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860", checksumkind: CSK_MD5, checksum: "96404e804c6faf0fea9fa631bcb8d1d2")
!45 = !DISubroutineType(types: !46)
!46 = !{!47, !48}
!47 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "*mut u8", baseType: !13, size: 64, align: 64, dwarfAddressSpace: 0)
!48 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&core::cell::UnsafeCell<u8>", baseType: !25, size: 64, align: 64, dwarfAddressSpace: 0)
!49 = !DISubprogram(name: "get<u8>", linkageName: "_ZN4core4cell19UnsafeCell$LT$T$GT$3get17hdae6659d572b35cdE", scope: !25, file: !44, line: 2443, type: !45, scopeLine: 2443, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit, templateParams: !29)
!50 = !{!42}
!51 = !DILocation(line: 2443, column: 22, scope: !43, inlinedAt: !52)
!52 = !DILocation(line: 729, column: 37, scope: !20)
!53 = !DILocation(line: 729, column: 18, scope: !20)
!54 = !DILocation(line: 730, column: 6, scope: !20)
!55 = distinct !DISubprogram(name: "atomic_load<u64>", linkageName: "_ZN4core4sync6atomic11atomic_load17h1fba395baad3cd21E", scope: !10, file: !21, line: 3886, type: !56, scopeLine: 3886, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !63, retainedNodes: !60)
!56 = !DISubroutineType(types: !57)
!57 = !{!58, !59, !8}
!58 = !DIBasicType(name: "u64", size: 64, encoding: DW_ATE_unsigned)
!59 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "*const u64", baseType: !58, size: 64, align: 64, dwarfAddressSpace: 0)
!60 = !{!61, !62}
!61 = !DILocalVariable(name: "dst", arg: 1, scope: !55, file: !21, line: 3886, type: !59)
!62 = !DILocalVariable(name: "order", arg: 2, scope: !55, file: !21, line: 3886, type: !8)
!63 = !{!64}
!64 = !DITemplateTypeParameter(name: "T", type: !58)
!65 = !DILocation(line: 3886, column: 32, scope: !55)
!66 = !DILocation(line: 3886, column: 47, scope: !55)
!67 = !DILocation(line: 3889, column: 15, scope: !55)
!68 = !DILocation(line: 3889, column: 9, scope: !55)
!69 = !DILocation(line: 3890, column: 24, scope: !55)
!70 = !DILocation(line: 3893, column: 24, scope: !55)
!71 = !DILocalVariable(name: "s", arg: 1, scope: !72, file: !73, line: 815, type: !167)
!72 = distinct !DISubprogram(name: "from_str", linkageName: "_ZN4core3fmt9Arguments8from_str17h8280e78e7f6e42e3E", scope: !74, file: !73, line: 815, type: !165, scopeLine: 815, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, declaration: !172, retainedNodes: !173)
!73 = !DIFile(filename: "library/core/src/fmt/mod.rs", directory: "/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860", checksumkind: CSK_MD5, checksum: "66c54229528687a22c80807f245fa4df")
!74 = !DICompositeType(tag: DW_TAG_structure_type, name: "Arguments", scope: !75, file: !9, size: 128, align: 64, flags: DIFlagPublic, elements: !76, templateParams: !31, identifier: "e5c67bbe046da39973c72077c7f66185")
!75 = !DINamespace(name: "fmt", scope: !12)
!76 = !{!77, !84}
!77 = !DIDerivedType(tag: DW_TAG_member, name: "template", scope: !74, file: !9, baseType: !78, size: 64, align: 64, flags: DIFlagPrivate)
!78 = !DICompositeType(tag: DW_TAG_structure_type, name: "NonNull<u8>", scope: !79, file: !9, size: 64, align: 64, flags: DIFlagPublic, elements: !81, templateParams: !29, identifier: "ff3cb4cecc4ed13dfb833309b96ea529")
!79 = !DINamespace(name: "non_null", scope: !80)
!80 = !DINamespace(name: "ptr", scope: !12)
!81 = !{!82}
!82 = !DIDerivedType(tag: DW_TAG_member, name: "pointer", scope: !78, file: !9, baseType: !83, size: 64, align: 64, flags: DIFlagPrivate)
!83 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "*const u8", baseType: !13, size: 64, align: 64, dwarfAddressSpace: 0)
!84 = !DIDerivedType(tag: DW_TAG_member, name: "args", scope: !74, file: !9, baseType: !85, size: 64, align: 64, offset: 64, flags: DIFlagPrivate)
!85 = !DICompositeType(tag: DW_TAG_structure_type, name: "NonNull<core::fmt::rt::Argument>", scope: !79, file: !9, size: 64, align: 64, flags: DIFlagPublic, elements: !86, templateParams: !163, identifier: "2e7cb7ba6db6aae8a5c20264d17cea0a")
!86 = !{!87}
!87 = !DIDerivedType(tag: DW_TAG_member, name: "pointer", scope: !85, file: !9, baseType: !88, size: 64, align: 64, flags: DIFlagPrivate)
!88 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "*const core::fmt::rt::Argument", baseType: !89, size: 64, align: 64, dwarfAddressSpace: 0)
!89 = !DICompositeType(tag: DW_TAG_structure_type, name: "Argument", scope: !90, file: !9, size: 128, align: 64, flags: DIFlagPublic, elements: !91, templateParams: !31, identifier: "1d5f7550f7e7e04cbc4d2cf57c27606b")
!90 = !DINamespace(name: "rt", scope: !75)
!91 = !{!92}
!92 = !DIDerivedType(tag: DW_TAG_member, name: "ty", scope: !89, file: !9, baseType: !93, size: 128, align: 64, flags: DIFlagPrivate)
!93 = !DICompositeType(tag: DW_TAG_structure_type, name: "ArgumentType", scope: !90, file: !9, size: 128, align: 64, flags: DIFlagPrivate, elements: !94, templateParams: !31, identifier: "b1cfb4618f1c38c3f96eab6c02edf448")
!94 = !{!95}
!95 = !DICompositeType(tag: DW_TAG_variant_part, scope: !93, file: !9, size: 128, align: 64, elements: !96, templateParams: !31, identifier: "fbd384083752b747f8b252853b979154", discriminator: !162)
!96 = !{!97, !158}
!97 = !DIDerivedType(tag: DW_TAG_member, name: "Placeholder", scope: !95, file: !9, baseType: !98, size: 128, align: 64)
!98 = !DICompositeType(tag: DW_TAG_structure_type, name: "Placeholder", scope: !93, file: !9, size: 128, align: 64, flags: DIFlagPrivate, elements: !99, templateParams: !31, identifier: "91d44a8fdafb90acd8f4961dbde4212b")
!99 = !{!100, !108, !152}
!100 = !DIDerivedType(tag: DW_TAG_member, name: "value", scope: !98, file: !9, baseType: !101, size: 64, align: 64, flags: DIFlagPrivate)
!101 = !DICompositeType(tag: DW_TAG_structure_type, name: "NonNull<()>", scope: !79, file: !9, size: 64, align: 64, flags: DIFlagPublic, elements: !102, templateParams: !106, identifier: "f4e496144210c619b96aa08326287b92")
!102 = !{!103}
!103 = !DIDerivedType(tag: DW_TAG_member, name: "pointer", scope: !101, file: !9, baseType: !104, size: 64, align: 64, flags: DIFlagPrivate)
!104 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "*const ()", baseType: !105, size: 64, align: 64, dwarfAddressSpace: 0)
!105 = !DIBasicType(name: "()", encoding: DW_ATE_unsigned)
!106 = !{!107}
!107 = !DITemplateTypeParameter(name: "T", type: !105)
!108 = !DIDerivedType(tag: DW_TAG_member, name: "formatter", scope: !98, file: !9, baseType: !109, size: 64, align: 64, offset: 64, flags: DIFlagPrivate)
!109 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "unsafe fn(core::ptr::non_null::NonNull<()>, &mut core::fmt::Formatter) -> core::result::Result<(), core::fmt::Error>", baseType: !110, size: 64, align: 64, dwarfAddressSpace: 0)
!110 = !DISubroutineType(types: !111)
!111 = !{!112, !101, !129}
!112 = !DICompositeType(tag: DW_TAG_structure_type, name: "Result<(), core::fmt::Error>", scope: !113, file: !9, size: 8, align: 8, flags: DIFlagPublic, elements: !114, templateParams: !31, identifier: "1c6752419820cdc3961061cc58b31873")
!113 = !DINamespace(name: "result", scope: !12)
!114 = !{!115}
!115 = !DICompositeType(tag: DW_TAG_variant_part, scope: !112, file: !9, size: 8, align: 8, elements: !116, templateParams: !31, identifier: "92c1f85eaa1d7dab2e3165ee2fc4946", discriminator: !128)
!116 = !{!117, !124}
!117 = !DIDerivedType(tag: DW_TAG_member, name: "Ok", scope: !115, file: !9, baseType: !118, size: 8, align: 8, extraData: i8 0)
!118 = !DICompositeType(tag: DW_TAG_structure_type, name: "Ok", scope: !112, file: !9, size: 8, align: 8, flags: DIFlagPublic, elements: !119, templateParams: !121, identifier: "1d7115f6c7f9f62c2100933bba0c76f9")
!119 = !{!120}
!120 = !DIDerivedType(tag: DW_TAG_member, name: "__0", scope: !118, file: !9, baseType: !105, align: 8, offset: 8, flags: DIFlagPublic)
!121 = !{!107, !122}
!122 = !DITemplateTypeParameter(name: "E", type: !123)
!123 = !DICompositeType(tag: DW_TAG_structure_type, name: "Error", scope: !75, file: !9, align: 8, flags: DIFlagPublic, elements: !31, identifier: "5a24300cdda31093f5fe20c939b4885")
!124 = !DIDerivedType(tag: DW_TAG_member, name: "Err", scope: !115, file: !9, baseType: !125, size: 8, align: 8, extraData: i8 1)
!125 = !DICompositeType(tag: DW_TAG_structure_type, name: "Err", scope: !112, file: !9, size: 8, align: 8, flags: DIFlagPublic, elements: !126, templateParams: !121, identifier: "27094aa3bc4c448bf12b8530386fdeb2")
!126 = !{!127}
!127 = !DIDerivedType(tag: DW_TAG_member, name: "__0", scope: !125, file: !9, baseType: !123, align: 8, offset: 8, flags: DIFlagPublic)
!128 = !DIDerivedType(tag: DW_TAG_member, scope: !112, file: !9, baseType: !13, size: 8, align: 8, flags: DIFlagArtificial)
!129 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&mut core::fmt::Formatter", baseType: !130, size: 64, align: 64, dwarfAddressSpace: 0)
!130 = !DICompositeType(tag: DW_TAG_structure_type, name: "Formatter", scope: !75, file: !9, size: 192, align: 64, flags: DIFlagPublic, elements: !131, templateParams: !31, identifier: "c45a1f7f7c29ecbbdbd29c835fac516c")
!131 = !{!132, !140}
!132 = !DIDerivedType(tag: DW_TAG_member, name: "options", scope: !130, file: !9, baseType: !133, size: 64, align: 32, offset: 128, flags: DIFlagPrivate)
!133 = !DICompositeType(tag: DW_TAG_structure_type, name: "FormattingOptions", scope: !75, file: !9, size: 64, align: 32, flags: DIFlagPublic, elements: !134, templateParams: !31, identifier: "ca2f5547247cd95c514a47d5800e09e")
!134 = !{!135, !137, !139}
!135 = !DIDerivedType(tag: DW_TAG_member, name: "flags", scope: !133, file: !9, baseType: !136, size: 32, align: 32, flags: DIFlagPrivate)
!136 = !DIBasicType(name: "u32", size: 32, encoding: DW_ATE_unsigned)
!137 = !DIDerivedType(tag: DW_TAG_member, name: "width", scope: !133, file: !9, baseType: !138, size: 16, align: 16, offset: 32, flags: DIFlagPrivate)
!138 = !DIBasicType(name: "u16", size: 16, encoding: DW_ATE_unsigned)
!139 = !DIDerivedType(tag: DW_TAG_member, name: "precision", scope: !133, file: !9, baseType: !138, size: 16, align: 16, offset: 48, flags: DIFlagPrivate)
!140 = !DIDerivedType(tag: DW_TAG_member, name: "buf", scope: !130, file: !9, baseType: !141, size: 128, align: 64, flags: DIFlagPrivate)
!141 = !DICompositeType(tag: DW_TAG_structure_type, name: "&mut dyn core::fmt::Write", file: !9, size: 128, align: 64, elements: !142, templateParams: !31, identifier: "effe97114690fc58a8e246cb04e37234")
!142 = !{!143, !146}
!143 = !DIDerivedType(tag: DW_TAG_member, name: "pointer", scope: !141, file: !9, baseType: !144, size: 64, align: 64)
!144 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !145, size: 64, align: 64, dwarfAddressSpace: 0)
!145 = !DICompositeType(tag: DW_TAG_structure_type, name: "dyn core::fmt::Write", file: !9, align: 8, elements: !31, identifier: "64328679825f9c73b507edbfd5b86b47")
!146 = !DIDerivedType(tag: DW_TAG_member, name: "vtable", scope: !141, file: !9, baseType: !147, size: 64, align: 64, offset: 64)
!147 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&[usize; 6]", baseType: !148, size: 64, align: 64, dwarfAddressSpace: 0)
!148 = !DICompositeType(tag: DW_TAG_array_type, baseType: !149, size: 384, align: 64, elements: !150)
!149 = !DIBasicType(name: "usize", size: 64, encoding: DW_ATE_unsigned)
!150 = !{!151}
!151 = !DISubrange(count: 6, lowerBound: 0)
!152 = !DIDerivedType(tag: DW_TAG_member, name: "_lifetime", scope: !98, file: !9, baseType: !153, align: 8, offset: 128, flags: DIFlagPrivate)
!153 = !DICompositeType(tag: DW_TAG_structure_type, name: "PhantomData<&()>", scope: !154, file: !9, align: 8, flags: DIFlagPublic, elements: !31, templateParams: !155, identifier: "efa596960370766459fc018866dc4048")
!154 = !DINamespace(name: "marker", scope: !12)
!155 = !{!156}
!156 = !DITemplateTypeParameter(name: "T", type: !157)
!157 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&()", baseType: !105, size: 64, align: 64, dwarfAddressSpace: 0)
!158 = !DIDerivedType(tag: DW_TAG_member, name: "Count", scope: !95, file: !9, baseType: !159, size: 128, align: 64, extraData: i64 0)
!159 = !DICompositeType(tag: DW_TAG_structure_type, name: "Count", scope: !93, file: !9, size: 128, align: 64, flags: DIFlagPrivate, elements: !160, templateParams: !31, identifier: "1d9161ed3114ac1c26d36137fc96704d")
!160 = !{!161}
!161 = !DIDerivedType(tag: DW_TAG_member, name: "__0", scope: !159, file: !9, baseType: !138, size: 16, align: 16, offset: 64, flags: DIFlagPrivate)
!162 = !DIDerivedType(tag: DW_TAG_member, scope: !93, file: !9, baseType: !58, size: 64, align: 64, flags: DIFlagArtificial)
!163 = !{!164}
!164 = !DITemplateTypeParameter(name: "T", type: !89)
!165 = !DISubroutineType(types: !166)
!166 = !{!74, !167}
!167 = !DICompositeType(tag: DW_TAG_structure_type, name: "&str", file: !9, size: 128, align: 64, elements: !168, templateParams: !31, identifier: "9277eecd40495f85161460476aacc992")
!168 = !{!169, !171}
!169 = !DIDerivedType(tag: DW_TAG_member, name: "data_ptr", scope: !167, file: !9, baseType: !170, size: 64, align: 64)
!170 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !13, size: 64, align: 64, dwarfAddressSpace: 0)
!171 = !DIDerivedType(tag: DW_TAG_member, name: "length", scope: !167, file: !9, baseType: !149, size: 64, align: 64, offset: 64)
!172 = !DISubprogram(name: "from_str", linkageName: "_ZN4core3fmt9Arguments8from_str17h8280e78e7f6e42e3E", scope: !74, file: !73, line: 815, type: !165, scopeLine: 815, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit, templateParams: !31)
!173 = !{!71}
!174 = !DILocation(line: 815, column: 27, scope: !72, inlinedAt: !70)
!175 = !DILocalVariable(name: "self", arg: 1, scope: !176, file: !177, line: 578, type: !167)
!176 = distinct !DISubprogram(name: "as_ptr", linkageName: "_RNvMNtCsgEmfK2I1SDS_4core3stre6as_ptr", scope: !178, file: !177, line: 578, type: !180, scopeLine: 578, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, retainedNodes: !182)
!177 = !DIFile(filename: "library/core/src/str/mod.rs", directory: "/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860", checksumkind: CSK_MD5, checksum: "b67baab1b9aefdbe1feb84767953c83d")
!178 = !DINamespace(name: "{impl#0}", scope: !179)
!179 = !DINamespace(name: "str", scope: !12)
!180 = !DISubroutineType(types: !181)
!181 = !{!83, !167}
!182 = !{!175}
!183 = !DILocation(line: 578, column: 25, scope: !176, inlinedAt: !184)
!184 = !DILocation(line: 819, column: 44, scope: !185, inlinedAt: !70)
!185 = !DILexicalBlockFile(scope: !72, file: !73, discriminator: 2)
!186 = !DILocalVariable(name: "self", arg: 1, scope: !187, file: !177, line: 157, type: !167)
!187 = distinct !DISubprogram(name: "len", linkageName: "_ZN4core3str21_$LT$impl$u20$str$GT$3len17h61ff9fdedb735da0E", scope: !178, file: !177, line: 157, type: !188, scopeLine: 157, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, retainedNodes: !190)
!188 = !DISubroutineType(types: !189)
!189 = !{!149, !167}
!190 = !{!186}
!191 = !DILocation(line: 157, column: 22, scope: !187, inlinedAt: !192)
!192 = !DILocation(line: 820, column: 40, scope: !185, inlinedAt: !70)
!193 = !DILocalVariable(name: "self", arg: 1, scope: !194, file: !177, line: 502, type: !167)
!194 = distinct !DISubprogram(name: "as_bytes", linkageName: "_RNvMNtCsgEmfK2I1SDS_4core3stre8as_bytes", scope: !178, file: !177, line: 502, type: !195, scopeLine: 502, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, retainedNodes: !201)
!195 = !DISubroutineType(types: !196)
!196 = !{!197, !167}
!197 = !DICompositeType(tag: DW_TAG_structure_type, name: "&[u8]", file: !9, size: 128, align: 64, elements: !198, templateParams: !31, identifier: "31681e0c10b314f1f33e38b2779acbb4")
!198 = !{!199, !200}
!199 = !DIDerivedType(tag: DW_TAG_member, name: "data_ptr", scope: !197, file: !9, baseType: !170, size: 64, align: 64)
!200 = !DIDerivedType(tag: DW_TAG_member, name: "length", scope: !197, file: !9, baseType: !149, size: 64, align: 64, offset: 64)
!201 = !{!193}
!202 = !DILocation(line: 502, column: 27, scope: !194, inlinedAt: !203)
!203 = !DILocation(line: 158, column: 14, scope: !204, inlinedAt: !192)
!204 = !DILexicalBlockFile(scope: !187, file: !177, discriminator: 2)
!205 = !DILocation(line: 3891, column: 24, scope: !55)
!206 = !DILocation(line: 3894, column: 23, scope: !55)
!207 = !DILocation(line: 815, column: 27, scope: !72, inlinedAt: !206)
!208 = !DILocation(line: 578, column: 25, scope: !176, inlinedAt: !209)
!209 = !DILocation(line: 819, column: 44, scope: !72, inlinedAt: !206)
!210 = !DILocation(line: 157, column: 22, scope: !187, inlinedAt: !211)
!211 = !DILocation(line: 820, column: 40, scope: !72, inlinedAt: !206)
!212 = !DILocation(line: 502, column: 27, scope: !194, inlinedAt: !213)
!213 = !DILocation(line: 158, column: 14, scope: !187, inlinedAt: !211)
!214 = !DILocation(line: 3892, column: 23, scope: !55)
!215 = !DILocation(line: 3897, column: 2, scope: !55)
!216 = distinct !DISubprogram(name: "atomic_load<u8>", linkageName: "_ZN4core4sync6atomic11atomic_load17h6d953d4cf892cc49E", scope: !10, file: !21, line: 3886, type: !217, scopeLine: 3886, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !29, retainedNodes: !219)
!217 = !DISubroutineType(types: !218)
!218 = !{!13, !83, !8}
!219 = !{!220, !221}
!220 = !DILocalVariable(name: "dst", arg: 1, scope: !216, file: !21, line: 3886, type: !83)
!221 = !DILocalVariable(name: "order", arg: 2, scope: !216, file: !21, line: 3886, type: !8)
!222 = !DILocation(line: 3886, column: 32, scope: !216)
!223 = !DILocation(line: 3886, column: 47, scope: !216)
!224 = !DILocation(line: 3889, column: 15, scope: !216)
!225 = !DILocation(line: 3889, column: 9, scope: !216)
!226 = !DILocation(line: 3890, column: 24, scope: !216)
!227 = !DILocation(line: 3893, column: 24, scope: !216)
!228 = !DILocalVariable(name: "s", arg: 1, scope: !229, file: !73, line: 815, type: !167)
!229 = distinct !DISubprogram(name: "from_str", linkageName: "_ZN4core3fmt9Arguments8from_str17h8280e78e7f6e42e3E", scope: !74, file: !73, line: 815, type: !165, scopeLine: 815, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, declaration: !172, retainedNodes: !230)
!230 = !{!228}
!231 = !DILocation(line: 815, column: 27, scope: !229, inlinedAt: !227)
!232 = !DILocalVariable(name: "self", arg: 1, scope: !233, file: !177, line: 578, type: !167)
!233 = distinct !DISubprogram(name: "as_ptr", linkageName: "_RNvMNtCsgEmfK2I1SDS_4core3stre6as_ptr", scope: !178, file: !177, line: 578, type: !180, scopeLine: 578, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, retainedNodes: !234)
!234 = !{!232}
!235 = !DILocation(line: 578, column: 25, scope: !233, inlinedAt: !236)
!236 = !DILocation(line: 819, column: 44, scope: !237, inlinedAt: !227)
!237 = !DILexicalBlockFile(scope: !229, file: !73, discriminator: 2)
!238 = !DILocalVariable(name: "self", arg: 1, scope: !239, file: !177, line: 157, type: !167)
!239 = distinct !DISubprogram(name: "len", linkageName: "_ZN4core3str21_$LT$impl$u20$str$GT$3len17h61ff9fdedb735da0E", scope: !178, file: !177, line: 157, type: !188, scopeLine: 157, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, retainedNodes: !240)
!240 = !{!238}
!241 = !DILocation(line: 157, column: 22, scope: !239, inlinedAt: !242)
!242 = !DILocation(line: 820, column: 40, scope: !237, inlinedAt: !227)
!243 = !DILocalVariable(name: "self", arg: 1, scope: !244, file: !177, line: 502, type: !167)
!244 = distinct !DISubprogram(name: "as_bytes", linkageName: "_RNvMNtCsgEmfK2I1SDS_4core3stre8as_bytes", scope: !178, file: !177, line: 502, type: !195, scopeLine: 502, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, retainedNodes: !245)
!245 = !{!243}
!246 = !DILocation(line: 502, column: 27, scope: !244, inlinedAt: !247)
!247 = !DILocation(line: 158, column: 14, scope: !248, inlinedAt: !242)
!248 = !DILexicalBlockFile(scope: !239, file: !177, discriminator: 2)
!249 = !DILocation(line: 3891, column: 24, scope: !216)
!250 = !DILocation(line: 3894, column: 23, scope: !216)
!251 = !DILocation(line: 815, column: 27, scope: !229, inlinedAt: !250)
!252 = !DILocation(line: 578, column: 25, scope: !233, inlinedAt: !253)
!253 = !DILocation(line: 819, column: 44, scope: !229, inlinedAt: !250)
!254 = !DILocation(line: 157, column: 22, scope: !239, inlinedAt: !255)
!255 = !DILocation(line: 820, column: 40, scope: !229, inlinedAt: !250)
!256 = !DILocation(line: 502, column: 27, scope: !244, inlinedAt: !257)
!257 = !DILocation(line: 158, column: 14, scope: !239, inlinedAt: !255)
!258 = !DILocation(line: 3892, column: 23, scope: !216)
!259 = !DILocation(line: 3897, column: 2, scope: !216)
!260 = distinct !DISubprogram(name: "atomic_store<u64>", linkageName: "_ZN4core4sync6atomic12atomic_store17hf06d90cb5dc698abE", scope: !10, file: !21, line: 3871, type: !261, scopeLine: 3871, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !63, retainedNodes: !264)
!261 = !DISubroutineType(types: !262)
!262 = !{null, !263, !58, !8}
!263 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "*mut u64", baseType: !58, size: 64, align: 64, dwarfAddressSpace: 0)
!264 = !{!265, !266, !267}
!265 = !DILocalVariable(name: "dst", arg: 1, scope: !260, file: !21, line: 3871, type: !263)
!266 = !DILocalVariable(name: "val", arg: 2, scope: !260, file: !21, line: 3871, type: !58)
!267 = !DILocalVariable(name: "order", arg: 3, scope: !260, file: !21, line: 3871, type: !8)
!268 = !DILocation(line: 3871, column: 33, scope: !260)
!269 = !DILocation(line: 3871, column: 46, scope: !260)
!270 = !DILocation(line: 3871, column: 54, scope: !260)
!271 = !DILocation(line: 3874, column: 15, scope: !260)
!272 = !DILocation(line: 3874, column: 9, scope: !260)
!273 = !DILocation(line: 3875, column: 24, scope: !260)
!274 = !DILocation(line: 3876, column: 24, scope: !260)
!275 = !DILocation(line: 3878, column: 24, scope: !260)
!276 = !DILocalVariable(name: "s", arg: 1, scope: !277, file: !73, line: 815, type: !167)
!277 = distinct !DISubprogram(name: "from_str", linkageName: "_ZN4core3fmt9Arguments8from_str17h8280e78e7f6e42e3E", scope: !74, file: !73, line: 815, type: !165, scopeLine: 815, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, declaration: !172, retainedNodes: !278)
!278 = !{!276}
!279 = !DILocation(line: 815, column: 27, scope: !277, inlinedAt: !275)
!280 = !DILocalVariable(name: "self", arg: 1, scope: !281, file: !177, line: 578, type: !167)
!281 = distinct !DISubprogram(name: "as_ptr", linkageName: "_RNvMNtCsgEmfK2I1SDS_4core3stre6as_ptr", scope: !178, file: !177, line: 578, type: !180, scopeLine: 578, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, retainedNodes: !282)
!282 = !{!280}
!283 = !DILocation(line: 578, column: 25, scope: !281, inlinedAt: !284)
!284 = !DILocation(line: 819, column: 44, scope: !285, inlinedAt: !275)
!285 = !DILexicalBlockFile(scope: !277, file: !73, discriminator: 2)
!286 = !DILocalVariable(name: "self", arg: 1, scope: !287, file: !177, line: 157, type: !167)
!287 = distinct !DISubprogram(name: "len", linkageName: "_ZN4core3str21_$LT$impl$u20$str$GT$3len17h61ff9fdedb735da0E", scope: !178, file: !177, line: 157, type: !188, scopeLine: 157, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, retainedNodes: !288)
!288 = !{!286}
!289 = !DILocation(line: 157, column: 22, scope: !287, inlinedAt: !290)
!290 = !DILocation(line: 820, column: 40, scope: !285, inlinedAt: !275)
!291 = !DILocalVariable(name: "self", arg: 1, scope: !292, file: !177, line: 502, type: !167)
!292 = distinct !DISubprogram(name: "as_bytes", linkageName: "_RNvMNtCsgEmfK2I1SDS_4core3stre8as_bytes", scope: !178, file: !177, line: 502, type: !195, scopeLine: 502, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, retainedNodes: !293)
!293 = !{!291}
!294 = !DILocation(line: 502, column: 27, scope: !292, inlinedAt: !295)
!295 = !DILocation(line: 158, column: 14, scope: !296, inlinedAt: !290)
!296 = !DILexicalBlockFile(scope: !287, file: !177, discriminator: 2)
!297 = !DILocation(line: 3879, column: 23, scope: !260)
!298 = !DILocation(line: 815, column: 27, scope: !277, inlinedAt: !297)
!299 = !DILocation(line: 578, column: 25, scope: !281, inlinedAt: !300)
!300 = !DILocation(line: 819, column: 44, scope: !277, inlinedAt: !297)
!301 = !DILocation(line: 157, column: 22, scope: !287, inlinedAt: !302)
!302 = !DILocation(line: 820, column: 40, scope: !277, inlinedAt: !297)
!303 = !DILocation(line: 502, column: 27, scope: !292, inlinedAt: !304)
!304 = !DILocation(line: 158, column: 14, scope: !287, inlinedAt: !302)
!305 = !DILocation(line: 3877, column: 23, scope: !260)
!306 = !DILocation(line: 3882, column: 2, scope: !260)
!307 = distinct !DISubprogram(name: "atomic_compare_exchange_weak<u64>", linkageName: "_ZN4core4sync6atomic28atomic_compare_exchange_weak17h29a6ed9b53f5b6b1E", scope: !10, file: !21, line: 4020, type: !308, scopeLine: 4020, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !63, retainedNodes: !325)
!308 = !DISubroutineType(types: !309)
!309 = !{!310, !263, !58, !58, !8, !8}
!310 = !DICompositeType(tag: DW_TAG_structure_type, name: "Result<u64, u64>", scope: !113, file: !9, size: 128, align: 64, flags: DIFlagPublic, elements: !311, templateParams: !31, identifier: "bc2ac170cf090fd32af5dff4c2d4dd83")
!311 = !{!312}
!312 = !DICompositeType(tag: DW_TAG_variant_part, scope: !310, file: !9, size: 128, align: 64, elements: !313, templateParams: !31, identifier: "63c08ae069af641e53e245bb2faa16f6", discriminator: !324)
!313 = !{!314, !320}
!314 = !DIDerivedType(tag: DW_TAG_member, name: "Ok", scope: !312, file: !9, baseType: !315, size: 128, align: 64, extraData: i64 0)
!315 = !DICompositeType(tag: DW_TAG_structure_type, name: "Ok", scope: !310, file: !9, size: 128, align: 64, flags: DIFlagPublic, elements: !316, templateParams: !318, identifier: "b3e53501b658a994b9fb28980998b83f")
!316 = !{!317}
!317 = !DIDerivedType(tag: DW_TAG_member, name: "__0", scope: !315, file: !9, baseType: !58, size: 64, align: 64, offset: 64, flags: DIFlagPublic)
!318 = !{!64, !319}
!319 = !DITemplateTypeParameter(name: "E", type: !58)
!320 = !DIDerivedType(tag: DW_TAG_member, name: "Err", scope: !312, file: !9, baseType: !321, size: 128, align: 64, extraData: i64 1)
!321 = !DICompositeType(tag: DW_TAG_structure_type, name: "Err", scope: !310, file: !9, size: 128, align: 64, flags: DIFlagPublic, elements: !322, templateParams: !318, identifier: "6db433e524676cff64cb6cefbb4d88a8")
!322 = !{!323}
!323 = !DIDerivedType(tag: DW_TAG_member, name: "__0", scope: !321, file: !9, baseType: !58, size: 64, align: 64, offset: 64, flags: DIFlagPublic)
!324 = !DIDerivedType(tag: DW_TAG_member, scope: !310, file: !9, baseType: !58, size: 64, align: 64, flags: DIFlagArtificial)
!325 = !{!326, !327, !328, !329, !330, !331, !333}
!326 = !DILocalVariable(name: "dst", arg: 1, scope: !307, file: !21, line: 4021, type: !263)
!327 = !DILocalVariable(name: "old", arg: 2, scope: !307, file: !21, line: 4022, type: !58)
!328 = !DILocalVariable(name: "new", arg: 3, scope: !307, file: !21, line: 4023, type: !58)
!329 = !DILocalVariable(name: "success", arg: 4, scope: !307, file: !21, line: 4024, type: !8)
!330 = !DILocalVariable(name: "failure", arg: 5, scope: !307, file: !21, line: 4025, type: !8)
!331 = !DILocalVariable(name: "val", scope: !332, file: !21, line: 4028, type: !58, align: 64)
!332 = distinct !DILexicalBlock(scope: !307, file: !21, line: 4028, column: 5)
!333 = !DILocalVariable(name: "ok", scope: !332, file: !21, line: 4028, type: !34, align: 8)
!334 = !DILocation(line: 4021, column: 5, scope: !307)
!335 = !DILocation(line: 4022, column: 5, scope: !307)
!336 = !DILocation(line: 4023, column: 5, scope: !307)
!337 = !DILocation(line: 4024, column: 5, scope: !307)
!338 = !DILocation(line: 4025, column: 5, scope: !307)
!339 = !DILocation(line: 4029, column: 15, scope: !307)
!340 = !DILocation(line: 4029, column: 9, scope: !307)
!341 = !DILocation(line: 4031, column: 17, scope: !307)
!342 = !DILocation(line: 4034, column: 17, scope: !307)
!343 = !DILocation(line: 4037, column: 17, scope: !307)
!344 = !DILocation(line: 4028, column: 10, scope: !307)
!345 = !DILocation(line: 4028, column: 10, scope: !332)
!346 = !DILocation(line: 4028, column: 15, scope: !307)
!347 = !DILocation(line: 4028, column: 15, scope: !332)
!348 = !DILocation(line: 4079, column: 8, scope: !332)
!349 = !DILocation(line: 4049, column: 17, scope: !307)
!350 = !DILocation(line: 4052, column: 17, scope: !307)
!351 = !DILocation(line: 4055, column: 17, scope: !307)
!352 = !DILocation(line: 4040, column: 17, scope: !307)
!353 = !DILocation(line: 4043, column: 17, scope: !307)
!354 = !DILocation(line: 4046, column: 17, scope: !307)
!355 = !DILocation(line: 4058, column: 17, scope: !307)
!356 = !DILocation(line: 4061, column: 17, scope: !307)
!357 = !DILocation(line: 4064, column: 17, scope: !307)
!358 = !DILocation(line: 4067, column: 17, scope: !307)
!359 = !DILocation(line: 4070, column: 17, scope: !307)
!360 = !DILocation(line: 4073, column: 17, scope: !307)
!361 = !DILocation(line: 4079, column: 30, scope: !332)
!362 = !DILocation(line: 4079, column: 5, scope: !332)
!363 = !DILocation(line: 4079, column: 13, scope: !332)
!364 = !DILocation(line: 4080, column: 2, scope: !307)
!365 = !DILocation(line: 4076, column: 29, scope: !307)
!366 = !DILocalVariable(name: "s", arg: 1, scope: !367, file: !73, line: 815, type: !167)
!367 = distinct !DISubprogram(name: "from_str", linkageName: "_ZN4core3fmt9Arguments8from_str17h8280e78e7f6e42e3E", scope: !74, file: !73, line: 815, type: !165, scopeLine: 815, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, declaration: !172, retainedNodes: !368)
!368 = !{!366}
!369 = !DILocation(line: 815, column: 27, scope: !367, inlinedAt: !365)
!370 = !DILocalVariable(name: "self", arg: 1, scope: !371, file: !177, line: 578, type: !167)
!371 = distinct !DISubprogram(name: "as_ptr", linkageName: "_RNvMNtCsgEmfK2I1SDS_4core3stre6as_ptr", scope: !178, file: !177, line: 578, type: !180, scopeLine: 578, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, retainedNodes: !372)
!372 = !{!370}
!373 = !DILocation(line: 578, column: 25, scope: !371, inlinedAt: !374)
!374 = !DILocation(line: 819, column: 44, scope: !367, inlinedAt: !365)
!375 = !DILocalVariable(name: "self", arg: 1, scope: !376, file: !177, line: 157, type: !167)
!376 = distinct !DISubprogram(name: "len", linkageName: "_ZN4core3str21_$LT$impl$u20$str$GT$3len17h61ff9fdedb735da0E", scope: !178, file: !177, line: 157, type: !188, scopeLine: 157, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, retainedNodes: !377)
!377 = !{!375}
!378 = !DILocation(line: 157, column: 22, scope: !376, inlinedAt: !379)
!379 = !DILocation(line: 820, column: 40, scope: !367, inlinedAt: !365)
!380 = !DILocalVariable(name: "self", arg: 1, scope: !381, file: !177, line: 502, type: !167)
!381 = distinct !DISubprogram(name: "as_bytes", linkageName: "_RNvMNtCsgEmfK2I1SDS_4core3stre8as_bytes", scope: !178, file: !177, line: 502, type: !195, scopeLine: 502, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, retainedNodes: !382)
!382 = !{!380}
!383 = !DILocation(line: 502, column: 27, scope: !381, inlinedAt: !384)
!384 = !DILocation(line: 158, column: 14, scope: !376, inlinedAt: !379)
!385 = !DILocation(line: 4075, column: 28, scope: !307)
!386 = !DILocation(line: 815, column: 27, scope: !367, inlinedAt: !385)
!387 = !DILocation(line: 578, column: 25, scope: !371, inlinedAt: !388)
!388 = !DILocation(line: 819, column: 44, scope: !389, inlinedAt: !385)
!389 = !DILexicalBlockFile(scope: !367, file: !73, discriminator: 2)
!390 = !DILocation(line: 157, column: 22, scope: !376, inlinedAt: !391)
!391 = !DILocation(line: 820, column: 40, scope: !389, inlinedAt: !385)
!392 = !DILocation(line: 502, column: 27, scope: !381, inlinedAt: !393)
!393 = !DILocation(line: 158, column: 14, scope: !394, inlinedAt: !391)
!394 = !DILexicalBlockFile(scope: !376, file: !177, discriminator: 2)
!395 = distinct !DISubprogram(name: "compare_exchange_weak", linkageName: "_ZN4core4sync6atomic9AtomicU6421compare_exchange_weak17h4e69a773c093dd5bE", scope: !396, file: !21, line: 3097, type: !402, scopeLine: 3097, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, declaration: !405, retainedNodes: !406)
!396 = !DICompositeType(tag: DW_TAG_structure_type, name: "AtomicU64", scope: !10, file: !9, size: 64, align: 64, flags: DIFlagPublic, elements: !397, templateParams: !31, identifier: "66aaddc964a82d5e57e97feb4617c061")
!397 = !{!398}
!398 = !DIDerivedType(tag: DW_TAG_member, name: "v", scope: !396, file: !9, baseType: !399, size: 64, align: 64, flags: DIFlagPrivate)
!399 = !DICompositeType(tag: DW_TAG_structure_type, name: "UnsafeCell<u64>", scope: !26, file: !9, size: 64, align: 64, flags: DIFlagPublic, elements: !400, templateParams: !63, identifier: "64f44ac7e328f13f7383038d475fd20c")
!400 = !{!401}
!401 = !DIDerivedType(tag: DW_TAG_member, name: "value", scope: !399, file: !9, baseType: !58, size: 64, align: 64, flags: DIFlagPrivate)
!402 = !DISubroutineType(types: !403)
!403 = !{!310, !404, !58, !58, !8, !8}
!404 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&core::sync::atomic::AtomicU64", baseType: !396, size: 64, align: 64, dwarfAddressSpace: 0)
!405 = !DISubprogram(name: "compare_exchange_weak", linkageName: "_ZN4core4sync6atomic9AtomicU6421compare_exchange_weak17h4e69a773c093dd5bE", scope: !396, file: !21, line: 3097, type: !402, scopeLine: 3097, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit, templateParams: !31)
!406 = !{!407, !408, !409, !410, !411}
!407 = !DILocalVariable(name: "self", arg: 1, scope: !395, file: !21, line: 3097, type: !404)
!408 = !DILocalVariable(name: "current", arg: 2, scope: !395, file: !21, line: 3098, type: !58)
!409 = !DILocalVariable(name: "new", arg: 3, scope: !395, file: !21, line: 3099, type: !58)
!410 = !DILocalVariable(name: "success", arg: 4, scope: !395, file: !21, line: 3100, type: !8)
!411 = !DILocalVariable(name: "failure", arg: 5, scope: !395, file: !21, line: 3101, type: !8)
!412 = !DILocation(line: 3097, column: 42, scope: !395)
!413 = !DILocation(line: 3098, column: 42, scope: !395)
!414 = !DILocation(line: 3099, column: 42, scope: !395)
!415 = !DILocation(line: 3100, column: 42, scope: !395)
!416 = !DILocation(line: 3101, column: 42, scope: !395)
!417 = !DILocalVariable(name: "self", arg: 1, scope: !418, file: !44, line: 2443, type: !421)
!418 = distinct !DISubprogram(name: "get<u64>", linkageName: "_ZN4core4cell19UnsafeCell$LT$T$GT$3get17hd4ead968de472f92E", scope: !399, file: !44, line: 2443, type: !419, scopeLine: 2443, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !63, declaration: !422, retainedNodes: !423)
!419 = !DISubroutineType(types: !420)
!420 = !{!263, !421}
!421 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&core::cell::UnsafeCell<u64>", baseType: !399, size: 64, align: 64, dwarfAddressSpace: 0)
!422 = !DISubprogram(name: "get<u64>", linkageName: "_ZN4core4cell19UnsafeCell$LT$T$GT$3get17hd4ead968de472f92E", scope: !399, file: !44, line: 2443, type: !419, scopeLine: 2443, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit, templateParams: !63)
!423 = !{!417}
!424 = !DILocation(line: 2443, column: 22, scope: !418, inlinedAt: !425)
!425 = !DILocation(line: 3104, column: 57, scope: !395)
!426 = !DILocation(line: 3104, column: 21, scope: !395)
!427 = !DILocation(line: 3106, column: 14, scope: !395)
!428 = distinct !DISubprogram(name: "load", linkageName: "_ZN4core4sync6atomic9AtomicU644load17h96d1c1e3299a0481E", scope: !396, file: !21, line: 2842, type: !429, scopeLine: 2842, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, declaration: !431, retainedNodes: !432)
!429 = !DISubroutineType(types: !430)
!430 = !{!58, !404, !8}
!431 = !DISubprogram(name: "load", linkageName: "_ZN4core4sync6atomic9AtomicU644load17h96d1c1e3299a0481E", scope: !396, file: !21, line: 2842, type: !429, scopeLine: 2842, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit, templateParams: !31)
!432 = !{!433, !434}
!433 = !DILocalVariable(name: "self", arg: 1, scope: !428, file: !21, line: 2842, type: !404)
!434 = !DILocalVariable(name: "order", arg: 2, scope: !428, file: !21, line: 2842, type: !8)
!435 = !DILocation(line: 2842, column: 25, scope: !428)
!436 = !DILocation(line: 2842, column: 32, scope: !428)
!437 = !DILocalVariable(name: "self", arg: 1, scope: !438, file: !44, line: 2443, type: !421)
!438 = distinct !DISubprogram(name: "get<u64>", linkageName: "_ZN4core4cell19UnsafeCell$LT$T$GT$3get17hd4ead968de472f92E", scope: !399, file: !44, line: 2443, type: !419, scopeLine: 2443, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !63, declaration: !422, retainedNodes: !439)
!439 = !{!437}
!440 = !DILocation(line: 2443, column: 22, scope: !438, inlinedAt: !441)
!441 = !DILocation(line: 2844, column: 45, scope: !428)
!442 = !DILocation(line: 2844, column: 26, scope: !428)
!443 = !DILocation(line: 2845, column: 14, scope: !428)
!444 = distinct !DISubprogram(name: "store", linkageName: "_ZN4core4sync6atomic9AtomicU645store17h5b9e9935a8b0478eE", scope: !396, file: !21, line: 2870, type: !445, scopeLine: 2870, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, declaration: !447, retainedNodes: !448)
!445 = !DISubroutineType(types: !446)
!446 = !{null, !404, !58, !8}
!447 = !DISubprogram(name: "store", linkageName: "_ZN4core4sync6atomic9AtomicU645store17h5b9e9935a8b0478eE", scope: !396, file: !21, line: 2870, type: !445, scopeLine: 2870, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit, templateParams: !31)
!448 = !{!449, !450, !451}
!449 = !DILocalVariable(name: "self", arg: 1, scope: !444, file: !21, line: 2870, type: !404)
!450 = !DILocalVariable(name: "val", arg: 2, scope: !444, file: !21, line: 2870, type: !58)
!451 = !DILocalVariable(name: "order", arg: 3, scope: !444, file: !21, line: 2870, type: !8)
!452 = !DILocation(line: 2870, column: 26, scope: !444)
!453 = !DILocation(line: 2870, column: 33, scope: !444)
!454 = !DILocation(line: 2870, column: 49, scope: !444)
!455 = !DILocalVariable(name: "self", arg: 1, scope: !456, file: !44, line: 2443, type: !421)
!456 = distinct !DISubprogram(name: "get<u64>", linkageName: "_ZN4core4cell19UnsafeCell$LT$T$GT$3get17hd4ead968de472f92E", scope: !399, file: !44, line: 2443, type: !419, scopeLine: 2443, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !63, declaration: !422, retainedNodes: !457)
!457 = !{!455}
!458 = !DILocation(line: 2443, column: 22, scope: !456, inlinedAt: !459)
!459 = !DILocation(line: 2872, column: 46, scope: !444)
!460 = !DILocation(line: 2872, column: 26, scope: !444)
!461 = !DILocation(line: 2873, column: 14, scope: !444)
!462 = distinct !DISubprogram(name: "fetch_add", linkageName: "_ZN4core4sync6atomic9AtomicU649fetch_add17h9c56f74da9eea45bE", scope: !396, file: !21, line: 3134, type: !463, scopeLine: 3134, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !31, declaration: !465, retainedNodes: !466)
!463 = !DISubroutineType(types: !464)
!464 = !{!58, !404, !58, !8}
!465 = !DISubprogram(name: "fetch_add", linkageName: "_ZN4core4sync6atomic9AtomicU649fetch_add17h9c56f74da9eea45bE", scope: !396, file: !21, line: 3134, type: !463, scopeLine: 3134, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit, templateParams: !31)
!466 = !{!467, !468, !469}
!467 = !DILocalVariable(name: "self", arg: 1, scope: !462, file: !21, line: 3134, type: !404)
!468 = !DILocalVariable(name: "val", arg: 2, scope: !462, file: !21, line: 3134, type: !58)
!469 = !DILocalVariable(name: "order", arg: 3, scope: !462, file: !21, line: 3134, type: !8)
!470 = !DILocation(line: 3134, column: 30, scope: !462)
!471 = !DILocation(line: 3134, column: 37, scope: !462)
!472 = !DILocalVariable(name: "val", arg: 2, scope: !473, file: !21, line: 3919, type: !58)
!473 = distinct !DISubprogram(name: "atomic_add<u64, u64>", linkageName: "_ZN4core4sync6atomic10atomic_add17h42969592b0ba021eE", scope: !10, file: !21, line: 3919, type: !474, scopeLine: 3919, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !479, retainedNodes: !476)
!474 = !DISubroutineType(types: !475)
!475 = !{!58, !263, !58, !8}
!476 = !{!477, !472, !478}
!477 = !DILocalVariable(name: "dst", arg: 1, scope: !473, file: !21, line: 3919, type: !263)
!478 = !DILocalVariable(name: "order", arg: 3, scope: !473, file: !21, line: 3919, type: !8)
!479 = !{!64, !480}
!480 = !DITemplateTypeParameter(name: "U", type: !58)
!481 = !DILocation(line: 3919, column: 53, scope: !473, inlinedAt: !482)
!482 = !DILocation(line: 3136, column: 26, scope: !462)
!483 = !DILocation(line: 3134, column: 53, scope: !462)
!484 = !DILocation(line: 3919, column: 61, scope: !473, inlinedAt: !482)
!485 = !DILocalVariable(name: "self", arg: 1, scope: !486, file: !44, line: 2443, type: !421)
!486 = distinct !DISubprogram(name: "get<u64>", linkageName: "_ZN4core4cell19UnsafeCell$LT$T$GT$3get17hd4ead968de472f92E", scope: !399, file: !44, line: 2443, type: !419, scopeLine: 2443, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition, unit: !5, templateParams: !63, declaration: !422, retainedNodes: !487)
!487 = !{!485}
!488 = !DILocation(line: 2443, column: 22, scope: !486, inlinedAt: !489)
!489 = !DILocation(line: 3136, column: 44, scope: !462)
!490 = !DILocation(line: 2447, column: 9, scope: !486, inlinedAt: !489)
!491 = !DILocation(line: 3919, column: 40, scope: !473, inlinedAt: !482)
!492 = !DILocation(line: 3922, column: 15, scope: !473, inlinedAt: !482)
!493 = !DILocation(line: 3922, column: 9, scope: !473, inlinedAt: !482)
!494 = !DILocation(line: 3923, column: 24, scope: !473, inlinedAt: !482)
!495 = !DILocation(line: 3925, column: 24, scope: !473, inlinedAt: !482)
!496 = !DILocation(line: 3924, column: 24, scope: !473, inlinedAt: !482)
!497 = !DILocation(line: 3926, column: 23, scope: !473, inlinedAt: !482)
!498 = !DILocation(line: 3927, column: 23, scope: !473, inlinedAt: !482)
!499 = !DILocation(line: 3137, column: 14, scope: !462)
!500 = distinct !DISubprogram(name: "stripes_add", linkageName: "_ZN9functions11stripes_add17ha833335fa392e89bE", scope: !502, file: !501, line: 50, type: !503, scopeLine: 50, flags: DIFlagPrototyped, spFlags: DISPFlagDefinition, unit: !5, templateParams: !31, retainedNodes: !519)
!501 = !DIFile(filename: "functions.rs", directory: "/src", checksumkind: CSK_MD5, checksum: "fdcb7034399deb8d9e4a74d0f22d3d18")
!502 = !DINamespace(name: "functions", scope: null)
!503 = !DISubroutineType(types: !504)
!504 = !{null, !505, !149}
!505 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&functions::Stripes", baseType: !506, size: 64, align: 64, dwarfAddressSpace: 0)
!506 = !DICompositeType(tag: DW_TAG_structure_type, name: "Stripes", scope: !502, file: !9, size: 4096, align: 64, flags: DIFlagPublic, elements: !507, templateParams: !31, identifier: "7bd03517dd0f99345c4c2200acebfea1")
!507 = !{!508}
!508 = !DIDerivedType(tag: DW_TAG_member, name: "all", scope: !506, file: !9, baseType: !509, size: 4096, align: 64, flags: DIFlagPublic)
!509 = !DICompositeType(tag: DW_TAG_array_type, baseType: !510, size: 4096, align: 64, elements: !517)
!510 = !DICompositeType(tag: DW_TAG_structure_type, name: "Stripe", scope: !502, file: !9, size: 512, align: 64, flags: DIFlagPublic, elements: !511, templateParams: !31, identifier: "6f2e92ad7c2f6b63b59266f3fcfcfb3")
!511 = !{!512, !513}
!512 = !DIDerivedType(tag: DW_TAG_member, name: "count", scope: !510, file: !9, baseType: !396, size: 64, align: 64, flags: DIFlagPublic)
!513 = !DIDerivedType(tag: DW_TAG_member, name: "spare", scope: !510, file: !9, baseType: !514, size: 448, align: 64, offset: 64, flags: DIFlagPublic)
!514 = !DICompositeType(tag: DW_TAG_array_type, baseType: !58, size: 448, align: 64, elements: !515)
!515 = !{!516}
!516 = !DISubrange(count: 7, lowerBound: 0)
!517 = !{!518}
!518 = !DISubrange(count: 8, lowerBound: 0)
!519 = !{!520, !521}
!520 = !DILocalVariable(name: "stripes", arg: 1, scope: !500, file: !501, line: 50, type: !505)
!521 = !DILocalVariable(name: "cpu", arg: 2, scope: !500, file: !501, line: 50, type: !149)
!522 = !DILocation(line: 50, column: 20, scope: !500)
!523 = !DILocation(line: 50, column: 39, scope: !500)
!524 = !DILocation(line: 51, column: 17, scope: !500)
!525 = !DILocation(line: 51, column: 5, scope: !500)
!526 = !DILocation(line: 51, column: 32, scope: !500)
!527 = !DILocation(line: 52, column: 2, scope: !500)
!528 = distinct !DISubprogram(name: "count_up", linkageName: "_ZN9functions8count_up17h5938bab8d240b2efE", scope: !502, file: !501, line: 56, type: !529, scopeLine: 56, flags: DIFlagPrototyped, spFlags: DISPFlagDefinition, unit: !5, templateParams: !31, retainedNodes: !532)
!529 = !DISubroutineType(types: !530)
!530 = !{!34, !531, !58}
!531 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&functions::Stripe", baseType: !510, size: 64, align: 64, dwarfAddressSpace: 0)
!532 = !{!533, !534, !535, !537}
!533 = !DILocalVariable(name: "stripe", arg: 1, scope: !528, file: !501, line: 56, type: !531)
!534 = !DILocalVariable(name: "most", arg: 2, scope: !528, file: !501, line: 56, type: !58)
!535 = !DILocalVariable(name: "old", scope: !536, file: !501, line: 57, type: !58, align: 64)
!536 = distinct !DILexicalBlock(scope: !528, file: !501, line: 57, column: 5)
!537 = !DILocalVariable(name: "now", scope: !538, file: !501, line: 64, type: !58, align: 64)
!538 = distinct !DILexicalBlock(scope: !536, file: !501, line: 64, column: 13)
!539 = !DILocation(line: 56, column: 17, scope: !528)
!540 = !DILocation(line: 56, column: 34, scope: !528)
!541 = !DILocation(line: 57, column: 9, scope: !536)
!542 = !DILocation(line: 57, column: 32, scope: !528)
!543 = !DILocation(line: 59, column: 12, scope: !536)
!544 = !DILocation(line: 62, column: 50, scope: !536)
!545 = !DILocation(line: 62, column: 55, scope: !536)
!546 = !DILocation(line: 60, column: 20, scope: !536)
!547 = !DILocation(line: 0, scope: !536)
!548 = !DILocation(line: 62, column: 28, scope: !536)
!549 = !DILocation(line: 62, column: 15, scope: !536)
!550 = !DILocation(line: 62, column: 9, scope: !536)
!551 = !DILocation(line: 64, column: 17, scope: !536)
!552 = !DILocation(line: 64, column: 17, scope: !538)
!553 = !DILocation(line: 64, column: 25, scope: !538)
!554 = !DILocation(line: 58, column: 5, scope: !536)
!555 = !DILocation(line: 63, column: 29, scope: !536)
!556 = !DILocation(line: 67, column: 2, scope: !528)
!557 = distinct !DISubprogram(name: "ring_pop", linkageName: "_ZN9functions8ring_pop17h3d1fee70e5a22f47E", scope: !502, file: !501, line: 21, type: !558, scopeLine: 21, flags: DIFlagPrototyped, spFlags: DISPFlagDefinition, unit: !5, templateParams: !31, retainedNodes: !566)
!558 = !DISubroutineType(types: !559)
!559 = !{!58, !560}
!560 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&functions::Ring<u64>", baseType: !561, size: 64, align: 64, dwarfAddressSpace: 0)
!561 = !DICompositeType(tag: DW_TAG_structure_type, name: "Ring<u64>", scope: !502, file: !9, size: 192, align: 64, flags: DIFlagPublic, elements: !562, templateParams: !63, identifier: "ab3ad246aa43f15983147b44a940a142")
!562 = !{!563, !564, !565}
!563 = !DIDerivedType(tag: DW_TAG_member, name: "head", scope: !561, file: !9, baseType: !396, size: 64, align: 64, flags: DIFlagPublic)
!564 = !DIDerivedType(tag: DW_TAG_member, name: "tail", scope: !561, file: !9, baseType: !396, size: 64, align: 64, offset: 64, flags: DIFlagPublic)
!565 = !DIDerivedType(tag: DW_TAG_member, name: "last", scope: !561, file: !9, baseType: !58, size: 64, align: 64, offset: 128, flags: DIFlagPublic)
!566 = !{!567, !568}
!567 = !DILocalVariable(name: "ring", arg: 1, scope: !557, file: !501, line: 21, type: !560)
!568 = !DILocalVariable(name: "head", scope: !569, file: !501, line: 22, type: !58, align: 64)
!569 = distinct !DILexicalBlock(scope: !557, file: !501, line: 22, column: 5)
!570 = !DILocation(line: 21, column: 17, scope: !557)
!571 = !DILocation(line: 22, column: 26, scope: !557)
!572 = !DILocation(line: 22, column: 9, scope: !569)
!573 = !DILocation(line: 23, column: 5, scope: !569)
!574 = !DILocation(line: 23, column: 15, scope: !569)
!575 = !DILocation(line: 24, column: 5, scope: !569)
!576 = !DILocation(line: 25, column: 2, scope: !557)
!577 = distinct !DISubprogram(name: "flag_wait", linkageName: "_ZN9functions9flag_wait17h043e5895fea1fcf9E", scope: !502, file: !501, line: 34, type: !578, scopeLine: 34, flags: DIFlagPrototyped, spFlags: DISPFlagDefinition, unit: !5, templateParams: !31, retainedNodes: !585)
!578 = !DISubroutineType(types: !579)
!579 = !{!58, !580}
!580 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&functions::Flag", baseType: !581, size: 64, align: 64, dwarfAddressSpace: 0)
!581 = !DICompositeType(tag: DW_TAG_structure_type, name: "Flag", scope: !502, file: !9, size: 128, align: 64, flags: DIFlagPublic, elements: !582, templateParams: !31, identifier: "bf7d1e56c7bcb7d922b9712262957780")
!582 = !{!583, !584}
!583 = !DIDerivedType(tag: DW_TAG_member, name: "ready", scope: !581, file: !9, baseType: !22, size: 8, align: 8, offset: 64, flags: DIFlagPublic)
!584 = !DIDerivedType(tag: DW_TAG_member, name: "value", scope: !581, file: !9, baseType: !58, size: 64, align: 64, flags: DIFlagPublic)
!585 = !{!586}
!586 = !DILocalVariable(name: "flag", arg: 1, scope: !577, file: !501, line: 34, type: !580)
!587 = !DILocation(line: 34, column: 18, scope: !577)
!588 = !DILocation(line: 35, column: 5, scope: !577)
!589 = !DILocation(line: 35, column: 12, scope: !577)
!590 = !DILocation(line: 35, column: 23, scope: !577)
!591 = !DILocation(line: 36, column: 5, scope: !577)
!592 = !DILocation(line: 37, column: 2, scope: !577)
!593 = distinct !DISubprogram(name: "ring_push", linkageName: "_ZN9functions9ring_push17hdb5017c8a1a4970fE", scope: !502, file: !501, line: 12, type: !594, scopeLine: 12, flags: DIFlagPrototyped, spFlags: DISPFlagDefinition, unit: !5, templateParams: !31, retainedNodes: !604)
!594 = !DISubroutineType(types: !595)
!595 = !{!58, !596, !136}
!596 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&mut functions::Ring<u32>", baseType: !597, size: 64, align: 64, dwarfAddressSpace: 0)
!597 = !DICompositeType(tag: DW_TAG_structure_type, name: "Ring<u32>", scope: !502, file: !9, size: 192, align: 64, flags: DIFlagPublic, elements: !598, templateParams: !602, identifier: "13b1e933a8567ef7a86d1924b8153e56")
!598 = !{!599, !600, !601}
!599 = !DIDerivedType(tag: DW_TAG_member, name: "head", scope: !597, file: !9, baseType: !396, size: 64, align: 64, flags: DIFlagPublic)
!600 = !DIDerivedType(tag: DW_TAG_member, name: "tail", scope: !597, file: !9, baseType: !396, size: 64, align: 64, offset: 64, flags: DIFlagPublic)
!601 = !DIDerivedType(tag: DW_TAG_member, name: "last", scope: !597, file: !9, baseType: !136, size: 32, align: 32, offset: 128, flags: DIFlagPublic)
!602 = !{!603}
!603 = !DITemplateTypeParameter(name: "T", type: !136)
!604 = !{!605, !606, !607}
!605 = !DILocalVariable(name: "ring", arg: 1, scope: !593, file: !501, line: 12, type: !596)
!606 = !DILocalVariable(name: "value", arg: 2, scope: !593, file: !501, line: 12, type: !136)
!607 = !DILocalVariable(name: "tail", scope: !608, file: !501, line: 13, type: !58, align: 64)
!608 = distinct !DILexicalBlock(scope: !593, file: !501, line: 13, column: 5)
!609 = !DILocation(line: 12, column: 18, scope: !593)
!610 = !DILocation(line: 12, column: 40, scope: !593)
!611 = !DILocation(line: 13, column: 16, scope: !593)
!612 = !DILocation(line: 13, column: 26, scope: !593)
!613 = !DILocation(line: 13, column: 9, scope: !608)
!614 = !DILocation(line: 14, column: 5, scope: !608)
!615 = !DILocation(line: 15, column: 15, scope: !608)
!616 = !DILocation(line: 17, column: 2, scope: !593)
