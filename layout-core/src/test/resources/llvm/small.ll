; ModuleID = 'a.c'
source_filename = "a.c"
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-f80:128-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

%struct.ring = type { i64, [56 x i8], i64, [16 x %struct.item*], i8, %struct.anon_t, [4 x i32] }
%struct.item = type { i32 }
%struct.anon_t = type { i64 }
%union.pthread_attr_t = type { i64, [48 x i8] }

@stat_count = internal unnamed_addr global i32 0, align 4, !dbg !0
@g = dso_local local_unnamed_addr global %struct.ring zeroinitializer, align 8, !dbg !16

; Function Attrs: mustprogress nofree norecurse nounwind uwtable willreturn
define dso_local void @push(%struct.ring* nocapture noundef %0, %struct.item* noundef %1) local_unnamed_addr #0 !dbg !56 {
  call void @llvm.dbg.value(metadata %struct.ring* %0, metadata !61, metadata !DIExpression()), !dbg !64
  call void @llvm.dbg.value(metadata %struct.item* %1, metadata !62, metadata !DIExpression()), !dbg !64
  %3 = getelementptr inbounds %struct.ring, %struct.ring* %0, i64 0, i32 0, !dbg !65
  %4 = load atomic i64, i64* %3 monotonic, align 8, !dbg !66
  call void @llvm.dbg.value(metadata i64 %4, metadata !63, metadata !DIExpression()), !dbg !64
  %5 = and i64 %4, 15, !dbg !67
  %6 = getelementptr inbounds %struct.ring, %struct.ring* %0, i64 0, i32 3, i64 %5, !dbg !68
  store %struct.item* %1, %struct.item** %6, align 8, !dbg !69, !tbaa !70
  %7 = add nsw i64 %4, 1, !dbg !74
  store atomic i64 %7, i64* %3 release, align 8, !dbg !75
  %8 = getelementptr inbounds %struct.ring, %struct.ring* %0, i64 0, i32 4, !dbg !76
  %9 = load i8, i8* %8, align 8, !dbg !77
  %10 = and i8 %9, 7, !dbg !77
  %11 = or i8 %10, 24, !dbg !77
  store i8 %11, i8* %8, align 8, !dbg !77
  ret void, !dbg !78
}

; Function Attrs: argmemonly mustprogress nofree nosync nounwind willreturn
declare void @llvm.lifetime.start.p0i8(i64 immarg, i8* nocapture) #1

; Function Attrs: argmemonly mustprogress nofree nosync nounwind willreturn
declare void @llvm.lifetime.end.p0i8(i64 immarg, i8* nocapture) #1

; Function Attrs: nofree norecurse nounwind uwtable
define dso_local i32 @pop(%struct.ring* nocapture noundef %0) local_unnamed_addr #2 !dbg !79 {
  call void @llvm.dbg.value(metadata %struct.ring* %0, metadata !83, metadata !DIExpression()), !dbg !84
  %2 = getelementptr inbounds %struct.ring, %struct.ring* %0, i64 0, i32 2
  br label %3, !dbg !85

3:                                                ; preds = %3, %1
  %4 = load atomic i64, i64* %2 seq_cst, align 8, !dbg !86
  %5 = icmp eq i64 %4, 0, !dbg !87
  br i1 %5, label %3, label %6, !dbg !85, !llvm.loop !88

6:                                                ; preds = %3
  %7 = getelementptr inbounds %struct.ring, %struct.ring* %0, i64 0, i32 5, i32 0, !dbg !92
  %8 = load i64, i64* %7, align 8, !dbg !93, !tbaa !94
  %9 = add nsw i64 %8, 1, !dbg !93
  store i64 %9, i64* %7, align 8, !dbg !93, !tbaa !94
  %10 = load i32, i32* @stat_count, align 4, !dbg !99, !tbaa !100
  %11 = add nsw i32 %10, 1, !dbg !99
  store i32 %11, i32* @stat_count, align 4, !dbg !99, !tbaa !100
  %12 = load i32, i32* getelementptr inbounds (%struct.ring, %struct.ring* @g, i64 0, i32 6, i64 2), align 8, !dbg !101, !tbaa !100
  %13 = add nsw i32 %12, 1, !dbg !101
  store i32 %13, i32* getelementptr inbounds (%struct.ring, %struct.ring* @g, i64 0, i32 6, i64 2), align 8, !dbg !101, !tbaa !100
  %14 = getelementptr inbounds %struct.ring, %struct.ring* %0, i64 0, i32 4, !dbg !102
  %15 = load i8, i8* %14, align 8, !dbg !102
  %16 = and i8 %15, 7, !dbg !102
  %17 = zext i8 %16 to i32, !dbg !102
  ret i32 %17, !dbg !103
}

; Function Attrs: nounwind uwtable
define dso_local void @inc(%struct.ring* noundef %0) local_unnamed_addr #3 !dbg !104 {
  call void @llvm.dbg.value(metadata %struct.ring* %0, metadata !108, metadata !DIExpression()), !dbg !109
  %2 = getelementptr inbounds %struct.ring, %struct.ring* %0, i64 0, i32 6, i64 1, !dbg !110
  call void asm sideeffect "lock; incl $0", "=*m,*m,~{memory},~{dirflag},~{fpsr},~{flags}"(i32* nonnull elementtype(i32) %2, i32* nonnull elementtype(i32) %2) #9, !dbg !111, !srcloc !112
  ret void, !dbg !113
}

; Function Attrs: nounwind uwtable
define dso_local i32 @start() local_unnamed_addr #3 !dbg !114 {
  %1 = alloca i64, align 8
  %2 = bitcast i64* %1 to i8*, !dbg !123
  call void @llvm.lifetime.start.p0i8(i64 8, i8* nonnull %2) #9, !dbg !123
  %3 = call noalias dereferenceable_or_null(232) i8* @malloc(i64 noundef 232) #9, !dbg !124
  call void @llvm.dbg.value(metadata i8* %3, metadata !122, metadata !DIExpression()), !dbg !125
  call void @llvm.memset.p0i8.i64(i8* noundef nonnull align 8 dereferenceable(232) %3, i8 0, i64 232, i1 false), !dbg !126
  call void @llvm.dbg.value(metadata i64* %1, metadata !118, metadata !DIExpression(DW_OP_deref)), !dbg !125
  %4 = call i32 @pthread_create(i64* noundef nonnull %1, %union.pthread_attr_t* noundef null, i8* (i8*)* noundef nonnull @body, i8* noundef %3) #9, !dbg !127
  call void @llvm.lifetime.end.p0i8(i64 8, i8* nonnull %2) #9, !dbg !128
  ret i32 %4, !dbg !129
}

; Function Attrs: inaccessiblememonly mustprogress nofree nounwind willreturn
declare noalias noundef i8* @malloc(i64 noundef) local_unnamed_addr #4

; Function Attrs: argmemonly mustprogress nofree nounwind willreturn writeonly
declare void @llvm.memset.p0i8.i64(i8* nocapture writeonly, i8, i64, i1 immarg) #5

; Function Attrs: nounwind
declare !dbg !130 i32 @pthread_create(i64* noundef, %union.pthread_attr_t* noundef, i8* (i8*)* noundef, i8* noundef) local_unnamed_addr #6

; Function Attrs: nofree norecurse noreturn nounwind uwtable
define internal noalias nonnull i8* @body(i8* nocapture noundef %0) #7 !dbg !150 {
  call void @llvm.dbg.value(metadata i8* %0, metadata !152, metadata !DIExpression()), !dbg !154
  call void @llvm.dbg.value(metadata i8* %0, metadata !153, metadata !DIExpression()), !dbg !154
  %2 = getelementptr inbounds i8, i8* %0, i64 64
  %3 = bitcast i8* %2 to i64*
  %4 = getelementptr inbounds i8, i8* %0, i64 208
  %5 = bitcast i8* %4 to i64*
  br label %6, !dbg !155

6:                                                ; preds = %9, %1
  %7 = load atomic i64, i64* %3 seq_cst, align 8, !dbg !156
  %8 = icmp eq i64 %7, 0, !dbg !160
  br i1 %8, label %9, label %10, !dbg !161

9:                                                ; preds = %6, %10
  br label %6, !dbg !156, !llvm.loop !162

10:                                               ; preds = %6
  %11 = load i64, i64* %5, align 8, !dbg !165, !tbaa !94
  %12 = add nsw i64 %11, 1, !dbg !165
  store i64 %12, i64* %5, align 8, !dbg !165, !tbaa !94
  %13 = load i32, i32* @stat_count, align 4, !dbg !166, !tbaa !100
  %14 = add nsw i32 %13, 1, !dbg !166
  store i32 %14, i32* @stat_count, align 4, !dbg !166, !tbaa !100
  %15 = load i32, i32* getelementptr inbounds (%struct.ring, %struct.ring* @g, i64 0, i32 6, i64 2), align 8, !dbg !167, !tbaa !100
  %16 = add nsw i32 %15, 1, !dbg !167
  store i32 %16, i32* getelementptr inbounds (%struct.ring, %struct.ring* @g, i64 0, i32 6, i64 2), align 8, !dbg !167, !tbaa !100
  br label %9, !dbg !168
}

; Function Attrs: nofree nosync nounwind readnone speculatable willreturn
declare void @llvm.dbg.value(metadata, metadata, metadata) #8

attributes #0 = { mustprogress nofree norecurse nounwind uwtable willreturn "frame-pointer"="none" "min-legal-vector-width"="0" "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="x86-64" "target-features"="+cx8,+fxsr,+mmx,+sse,+sse2,+x87" "tune-cpu"="generic" }
attributes #1 = { argmemonly mustprogress nofree nosync nounwind willreturn }
attributes #2 = { nofree norecurse nounwind uwtable "frame-pointer"="none" "min-legal-vector-width"="0" "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="x86-64" "target-features"="+cx8,+fxsr,+mmx,+sse,+sse2,+x87" "tune-cpu"="generic" }
attributes #3 = { nounwind uwtable "frame-pointer"="none" "min-legal-vector-width"="0" "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="x86-64" "target-features"="+cx8,+fxsr,+mmx,+sse,+sse2,+x87" "tune-cpu"="generic" }
attributes #4 = { inaccessiblememonly mustprogress nofree nounwind willreturn "frame-pointer"="none" "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="x86-64" "target-features"="+cx8,+fxsr,+mmx,+sse,+sse2,+x87" "tune-cpu"="generic" }
attributes #5 = { argmemonly mustprogress nofree nounwind willreturn writeonly }
attributes #6 = { nounwind "frame-pointer"="none" "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="x86-64" "target-features"="+cx8,+fxsr,+mmx,+sse,+sse2,+x87" "tune-cpu"="generic" }
attributes #7 = { nofree norecurse noreturn nounwind uwtable "frame-pointer"="none" "min-legal-vector-width"="0" "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="x86-64" "target-features"="+cx8,+fxsr,+mmx,+sse,+sse2,+x87" "tune-cpu"="generic" }
attributes #8 = { nofree nosync nounwind readnone speculatable willreturn }
attributes #9 = { nounwind }

!llvm.dbg.cu = !{!2}
!llvm.module.flags = !{!49, !50, !51, !52, !53, !54}
!llvm.ident = !{!55}

!0 = !DIGlobalVariableExpression(var: !1, expr: !DIExpression())
!1 = distinct !DIGlobalVariable(name: "stat_count", scope: !2, file: !3, line: 9, type: !35, isLocal: true, isDefinition: true)
!2 = distinct !DICompileUnit(language: DW_LANG_C99, file: !3, producer: "Debian clang version 14.0.6", isOptimized: true, runtimeVersion: 0, emissionKind: FullDebug, enums: !4, globals: !15, splitDebugInlining: false, nameTableKind: None)
!3 = !DIFile(filename: "a.c", directory: "/src", checksumkind: CSK_MD5, checksum: "60856874b766cc78cb87cf03345049ea")
!4 = !{!5}
!5 = !DICompositeType(tag: DW_TAG_enumeration_type, name: "memory_order", file: !6, line: 56, baseType: !7, size: 32, elements: !8)
!6 = !DIFile(filename: "/usr/lib/llvm-14/lib/clang/14.0.6/include/stdatomic.h", directory: "", checksumkind: CSK_MD5, checksum: "de5d66a1ef2f5448cc1919ff39db92bc")
!7 = !DIBasicType(name: "unsigned int", size: 32, encoding: DW_ATE_unsigned)
!8 = !{!9, !10, !11, !12, !13, !14}
!9 = !DIEnumerator(name: "memory_order_relaxed", value: 0)
!10 = !DIEnumerator(name: "memory_order_consume", value: 1)
!11 = !DIEnumerator(name: "memory_order_acquire", value: 2)
!12 = !DIEnumerator(name: "memory_order_release", value: 3)
!13 = !DIEnumerator(name: "memory_order_acq_rel", value: 4)
!14 = !DIEnumerator(name: "memory_order_seq_cst", value: 5)
!15 = !{!16, !0}
!16 = !DIGlobalVariableExpression(var: !17, expr: !DIExpression())
!17 = distinct !DIGlobalVariable(name: "g", scope: !2, file: !3, line: 8, type: !18, isLocal: false, isDefinition: true)
!18 = distinct !DICompositeType(tag: DW_TAG_structure_type, name: "ring", file: !3, line: 7, size: 1856, elements: !19)
!19 = !{!20, !23, !28, !29, !38, !39, !40, !45}
!20 = !DIDerivedType(tag: DW_TAG_member, name: "head", scope: !18, file: !3, line: 7, baseType: !21, size: 64)
!21 = !DIDerivedType(tag: DW_TAG_atomic_type, baseType: !22)
!22 = !DIBasicType(name: "long", size: 64, encoding: DW_ATE_signed)
!23 = !DIDerivedType(tag: DW_TAG_member, name: "pad", scope: !18, file: !3, line: 7, baseType: !24, size: 448, offset: 64)
!24 = !DICompositeType(tag: DW_TAG_array_type, baseType: !25, size: 448, elements: !26)
!25 = !DIBasicType(name: "char", size: 8, encoding: DW_ATE_signed_char)
!26 = !{!27}
!27 = !DISubrange(count: 56)
!28 = !DIDerivedType(tag: DW_TAG_member, name: "tail", scope: !18, file: !3, line: 7, baseType: !21, size: 64, offset: 512)
!29 = !DIDerivedType(tag: DW_TAG_member, name: "slots", scope: !18, file: !3, line: 7, baseType: !30, size: 1024, offset: 576)
!30 = !DICompositeType(tag: DW_TAG_array_type, baseType: !31, size: 1024, elements: !36)
!31 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !32, size: 64)
!32 = distinct !DICompositeType(tag: DW_TAG_structure_type, name: "item", file: !3, line: 5, size: 32, elements: !33)
!33 = !{!34}
!34 = !DIDerivedType(tag: DW_TAG_member, name: "k", scope: !32, file: !3, line: 5, baseType: !35, size: 32)
!35 = !DIBasicType(name: "int", size: 32, encoding: DW_ATE_signed)
!36 = !{!37}
!37 = !DISubrange(count: 16)
!38 = !DIDerivedType(tag: DW_TAG_member, name: "f1", scope: !18, file: !3, line: 7, baseType: !7, size: 3, offset: 1600, flags: DIFlagBitField, extraData: i64 1600)
!39 = !DIDerivedType(tag: DW_TAG_member, name: "f2", scope: !18, file: !3, line: 7, baseType: !7, size: 5, offset: 1603, flags: DIFlagBitField, extraData: i64 1600)
!40 = !DIDerivedType(tag: DW_TAG_member, name: "an", scope: !18, file: !3, line: 7, baseType: !41, size: 64, offset: 1664)
!41 = !DIDerivedType(tag: DW_TAG_typedef, name: "anon_t", file: !3, line: 6, baseType: !42)
!42 = distinct !DICompositeType(tag: DW_TAG_structure_type, file: !3, line: 6, size: 64, elements: !43)
!43 = !{!44}
!44 = !DIDerivedType(tag: DW_TAG_member, name: "x", scope: !42, file: !3, line: 6, baseType: !22, size: 64)
!45 = !DIDerivedType(tag: DW_TAG_member, name: "counts", scope: !18, file: !3, line: 7, baseType: !46, size: 128, offset: 1728)
!46 = !DICompositeType(tag: DW_TAG_array_type, baseType: !35, size: 128, elements: !47)
!47 = !{!48}
!48 = !DISubrange(count: 4)
!49 = !{i32 7, !"Dwarf Version", i32 5}
!50 = !{i32 2, !"Debug Info Version", i32 3}
!51 = !{i32 1, !"wchar_size", i32 4}
!52 = !{i32 7, !"PIC Level", i32 2}
!53 = !{i32 7, !"PIE Level", i32 2}
!54 = !{i32 7, !"uwtable", i32 1}
!55 = !{!"Debian clang version 14.0.6"}
!56 = distinct !DISubprogram(name: "push", scope: !3, file: !3, line: 10, type: !57, scopeLine: 10, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !60)
!57 = !DISubroutineType(types: !58)
!58 = !{null, !59, !31}
!59 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !18, size: 64)
!60 = !{!61, !62, !63}
!61 = !DILocalVariable(name: "r", arg: 1, scope: !56, file: !3, line: 10, type: !59)
!62 = !DILocalVariable(name: "i", arg: 2, scope: !56, file: !3, line: 10, type: !31)
!63 = !DILocalVariable(name: "h", scope: !56, file: !3, line: 10, type: !22)
!64 = !DILocation(line: 0, scope: !56)
!65 = !DILocation(line: 10, column: 78, scope: !56)
!66 = !DILocation(line: 10, column: 53, scope: !56)
!67 = !DILocation(line: 10, column: 118, scope: !56)
!68 = !DILocation(line: 10, column: 107, scope: !56)
!69 = !DILocation(line: 10, column: 124, scope: !56)
!70 = !{!71, !71, i64 0}
!71 = !{!"any pointer", !72, i64 0}
!72 = !{!"omnipotent char", !73, i64 0}
!73 = !{!"Simple C/C++ TBAA"}
!74 = !DILocation(line: 10, column: 162, scope: !56)
!75 = !DILocation(line: 10, column: 129, scope: !56)
!76 = !DILocation(line: 10, column: 192, scope: !56)
!77 = !DILocation(line: 10, column: 195, scope: !56)
!78 = !DILocation(line: 10, column: 200, scope: !56)
!79 = distinct !DISubprogram(name: "pop", scope: !3, file: !3, line: 11, type: !80, scopeLine: 11, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !82)
!80 = !DISubroutineType(types: !81)
!81 = !{!35, !59}
!82 = !{!83}
!83 = !DILocalVariable(name: "r", arg: 1, scope: !79, file: !3, line: 11, type: !59)
!84 = !DILocation(line: 0, scope: !79)
!85 = !DILocation(line: 11, column: 26, scope: !79)
!86 = !DILocation(line: 11, column: 33, scope: !79)
!87 = !DILocation(line: 11, column: 55, scope: !79)
!88 = distinct !{!88, !85, !89, !90, !91}
!89 = !DILocation(line: 11, column: 61, scope: !79)
!90 = !{!"llvm.loop.mustprogress"}
!91 = !{!"llvm.loop.unroll.disable"}
!92 = !DILocation(line: 11, column: 69, scope: !79)
!93 = !DILocation(line: 11, column: 70, scope: !79)
!94 = !{!95, !98, i64 208}
!95 = !{!"ring", !72, i64 0, !72, i64 8, !72, i64 64, !72, i64 72, !96, i64 200, !96, i64 200, !97, i64 208, !72, i64 216}
!96 = !{!"int", !72, i64 0}
!97 = !{!"", !98, i64 0}
!98 = !{!"long", !72, i64 0}
!99 = !DILocation(line: 11, column: 84, scope: !79)
!100 = !{!96, !96, i64 0}
!101 = !DILocation(line: 11, column: 99, scope: !79)
!102 = !DILocation(line: 11, column: 113, scope: !79)
!103 = !DILocation(line: 11, column: 103, scope: !79)
!104 = distinct !DISubprogram(name: "inc", scope: !3, file: !3, line: 12, type: !105, scopeLine: 12, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !107)
!105 = !DISubroutineType(types: !106)
!106 = !{null, !59}
!107 = !{!108}
!108 = !DILocalVariable(name: "r", arg: 1, scope: !104, file: !3, line: 12, type: !59)
!109 = !DILocation(line: 0, scope: !104)
!110 = !DILocation(line: 12, column: 68, scope: !104)
!111 = !DILocation(line: 12, column: 28, scope: !104)
!112 = !{i64 686}
!113 = !DILocation(line: 12, column: 96, scope: !104)
!114 = distinct !DISubprogram(name: "start", scope: !3, file: !3, line: 14, type: !115, scopeLine: 14, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !117)
!115 = !DISubroutineType(types: !116)
!116 = !{!35}
!117 = !{!118, !122}
!118 = !DILocalVariable(name: "t", scope: !114, file: !3, line: 14, type: !119)
!119 = !DIDerivedType(tag: DW_TAG_typedef, name: "pthread_t", file: !120, line: 27, baseType: !121)
!120 = !DIFile(filename: "/usr/include/x86_64-linux-gnu/bits/pthreadtypes.h", directory: "", checksumkind: CSK_MD5, checksum: "735e3bf264ff9d8f5d95898b1692fbdb")
!121 = !DIBasicType(name: "unsigned long", size: 64, encoding: DW_ATE_unsigned)
!122 = !DILocalVariable(name: "r", scope: !114, file: !3, line: 14, type: !59)
!123 = !DILocation(line: 14, column: 19, scope: !114)
!124 = !DILocation(line: 14, column: 49, scope: !114)
!125 = !DILocation(line: 0, scope: !114)
!126 = !DILocation(line: 14, column: 68, scope: !114)
!127 = !DILocation(line: 14, column: 100, scope: !114)
!128 = !DILocation(line: 14, column: 132, scope: !114)
!129 = !DILocation(line: 14, column: 93, scope: !114)
!130 = !DISubprogram(name: "pthread_create", scope: !131, file: !131, line: 202, type: !132, flags: DIFlagPrototyped, spFlags: DISPFlagOptimized, retainedNodes: !149)
!131 = !DIFile(filename: "/usr/include/pthread.h", directory: "", checksumkind: CSK_MD5, checksum: "5205981c6f80cc3dc1e81231df63d8ef")
!132 = !DISubroutineType(types: !133)
!133 = !{!35, !134, !136, !144, !148}
!134 = !DIDerivedType(tag: DW_TAG_restrict_type, baseType: !135)
!135 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !119, size: 64)
!136 = !DIDerivedType(tag: DW_TAG_restrict_type, baseType: !137)
!137 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !138, size: 64)
!138 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !139)
!139 = !DIDerivedType(tag: DW_TAG_typedef, name: "pthread_attr_t", file: !120, line: 62, baseType: !140)
!140 = distinct !DICompositeType(tag: DW_TAG_union_type, name: "pthread_attr_t", file: !120, line: 56, size: 448, elements: !141)
!141 = !{!142, !143}
!142 = !DIDerivedType(tag: DW_TAG_member, name: "__size", scope: !140, file: !120, line: 58, baseType: !24, size: 448)
!143 = !DIDerivedType(tag: DW_TAG_member, name: "__align", scope: !140, file: !120, line: 59, baseType: !22, size: 64)
!144 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !145, size: 64)
!145 = !DISubroutineType(types: !146)
!146 = !{!147, !147}
!147 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: null, size: 64)
!148 = !DIDerivedType(tag: DW_TAG_restrict_type, baseType: !147)
!149 = !{}
!150 = distinct !DISubprogram(name: "body", scope: !3, file: !3, line: 13, type: !145, scopeLine: 13, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !151)
!151 = !{!152, !153}
!152 = !DILocalVariable(name: "a", arg: 1, scope: !150, file: !3, line: 13, type: !147)
!153 = !DILocalVariable(name: "r", scope: !150, file: !3, line: 13, type: !59)
!154 = !DILocation(line: 0, scope: !150)
!155 = !DILocation(line: 13, column: 50, scope: !150)
!156 = !DILocation(line: 11, column: 33, scope: !79, inlinedAt: !157)
!157 = distinct !DILocation(line: 13, column: 58, scope: !158)
!158 = distinct !DILexicalBlock(scope: !159, file: !3, line: 13, column: 50)
!159 = distinct !DILexicalBlock(scope: !150, file: !3, line: 13, column: 50)
!160 = !DILocation(line: 11, column: 55, scope: !79, inlinedAt: !157)
!161 = !DILocation(line: 11, column: 26, scope: !79, inlinedAt: !157)
!162 = distinct !{!162, !163, !164, !91}
!163 = !DILocation(line: 13, column: 50, scope: !159)
!164 = !DILocation(line: 13, column: 63, scope: !159)
!165 = !DILocation(line: 11, column: 70, scope: !79, inlinedAt: !157)
!166 = !DILocation(line: 11, column: 84, scope: !79, inlinedAt: !157)
!167 = !DILocation(line: 11, column: 99, scope: !79, inlinedAt: !157)
!168 = !DILocation(line: 13, column: 50, scope: !158)
