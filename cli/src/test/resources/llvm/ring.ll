; ModuleID = 'ring.c'
source_filename = "ring.c"
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-f80:128-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

%struct.ring = type { i32, i32, i32 }

; Function Attrs: mustprogress nofree norecurse nounwind uwtable willreturn
define dso_local void @ring_put(%struct.ring* nocapture noundef %0) local_unnamed_addr #0 !dbg !20 {
  call void @llvm.dbg.value(metadata %struct.ring* %0, metadata !31, metadata !DIExpression()), !dbg !32
  %2 = getelementptr inbounds %struct.ring, %struct.ring* %0, i64 0, i32 1, !dbg !33
  %3 = load atomic i32, i32* %2 seq_cst, align 4, !dbg !34, !tbaa !35
  %4 = add i32 %3, 1, !dbg !40
  store atomic i32 %4, i32* %2 release, align 4, !dbg !41
  ret void, !dbg !42
}

; Function Attrs: mustprogress nofree norecurse nounwind uwtable willreturn
define dso_local void @ring_take(%struct.ring* nocapture noundef %0) local_unnamed_addr #0 !dbg !43 {
  call void @llvm.dbg.value(metadata %struct.ring* %0, metadata !45, metadata !DIExpression()), !dbg !46
  %2 = getelementptr inbounds %struct.ring, %struct.ring* %0, i64 0, i32 0, !dbg !47
  %3 = load atomic i32, i32* %2 seq_cst, align 4, !dbg !48, !tbaa !49
  %4 = add i32 %3, 1, !dbg !50
  store atomic i32 %4, i32* %2 release, align 4, !dbg !51
  ret void, !dbg !52
}

; Function Attrs: nofree nosync nounwind readnone speculatable willreturn
declare void @llvm.dbg.value(metadata, metadata, metadata) #1

attributes #0 = { mustprogress nofree norecurse nounwind uwtable willreturn "frame-pointer"="none" "min-legal-vector-width"="0" "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="x86-64" "target-features"="+cx8,+fxsr,+mmx,+sse,+sse2,+x87" "tune-cpu"="generic" }
attributes #1 = { nofree nosync nounwind readnone speculatable willreturn }

!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!13, !14, !15, !16, !17, !18}
!llvm.ident = !{!19}

!0 = distinct !DICompileUnit(language: DW_LANG_C99, file: !1, producer: "Debian clang version 14.0.6", isOptimized: true, runtimeVersion: 0, emissionKind: FullDebug, enums: !2, splitDebugInlining: false, nameTableKind: None)
!1 = !DIFile(filename: "ring.c", directory: "/src", checksumkind: CSK_MD5, checksum: "d790d69af031545d3a6a4d00a1b8453e")
!2 = !{!3}
!3 = !DICompositeType(tag: DW_TAG_enumeration_type, name: "memory_order", file: !4, line: 56, baseType: !5, size: 32, elements: !6)
!4 = !DIFile(filename: "/usr/lib/llvm-14/lib/clang/14.0.6/include/stdatomic.h", directory: "", checksumkind: CSK_MD5, checksum: "de5d66a1ef2f5448cc1919ff39db92bc")
!5 = !DIBasicType(name: "unsigned int", size: 32, encoding: DW_ATE_unsigned)
!6 = !{!7, !8, !9, !10, !11, !12}
!7 = !DIEnumerator(name: "memory_order_relaxed", value: 0)
!8 = !DIEnumerator(name: "memory_order_consume", value: 1)
!9 = !DIEnumerator(name: "memory_order_acquire", value: 2)
!10 = !DIEnumerator(name: "memory_order_release", value: 3)
!11 = !DIEnumerator(name: "memory_order_acq_rel", value: 4)
!12 = !DIEnumerator(name: "memory_order_seq_cst", value: 5)
!13 = !{i32 7, !"Dwarf Version", i32 5}
!14 = !{i32 2, !"Debug Info Version", i32 3}
!15 = !{i32 1, !"wchar_size", i32 4}
!16 = !{i32 7, !"PIC Level", i32 2}
!17 = !{i32 7, !"PIE Level", i32 2}
!18 = !{i32 7, !"uwtable", i32 1}
!19 = !{!"Debian clang version 14.0.6"}
!20 = distinct !DISubprogram(name: "ring_put", scope: !1, file: !1, line: 13, type: !21, scopeLine: 13, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !0, retainedNodes: !30)
!21 = !DISubroutineType(types: !22)
!22 = !{null, !23}
!23 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !24, size: 64)
!24 = distinct !DICompositeType(tag: DW_TAG_structure_type, name: "ring", file: !1, line: 2, size: 96, elements: !25)
!25 = !{!26, !28, !29}
!26 = !DIDerivedType(tag: DW_TAG_member, name: "head", scope: !24, file: !1, line: 3, baseType: !27, size: 32)
!27 = !DIDerivedType(tag: DW_TAG_atomic_type, baseType: !5)
!28 = !DIDerivedType(tag: DW_TAG_member, name: "tail", scope: !24, file: !1, line: 7, baseType: !27, size: 32, offset: 32)
!29 = !DIDerivedType(tag: DW_TAG_member, name: "mask", scope: !24, file: !1, line: 11, baseType: !5, size: 32, offset: 64)
!30 = !{!31}
!31 = !DILocalVariable(name: "r", arg: 1, scope: !20, file: !1, line: 13, type: !23)
!32 = !DILocation(line: 0, scope: !20)
!33 = !DILocation(line: 13, column: 59, scope: !20)
!34 = !DILocation(line: 13, column: 68, scope: !20)
!35 = !{!36, !37, i64 4}
!36 = !{!"ring", !37, i64 0, !37, i64 4, !39, i64 8}
!37 = !{!"omnipotent char", !38, i64 0}
!38 = !{!"Simple C/C++ TBAA"}
!39 = !{!"int", !37, i64 0}
!40 = !DILocation(line: 13, column: 73, scope: !20)
!41 = !DILocation(line: 13, column: 33, scope: !20)
!42 = !DILocation(line: 13, column: 101, scope: !20)
!43 = distinct !DISubprogram(name: "ring_take", scope: !1, file: !1, line: 14, type: !21, scopeLine: 14, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !0, retainedNodes: !44)
!44 = !{!45}
!45 = !DILocalVariable(name: "r", arg: 1, scope: !43, file: !1, line: 14, type: !23)
!46 = !DILocation(line: 0, scope: !43)
!47 = !DILocation(line: 14, column: 60, scope: !43)
!48 = !DILocation(line: 14, column: 69, scope: !43)
!49 = !{!36, !37, i64 0}
!50 = !DILocation(line: 14, column: 74, scope: !43)
!51 = !DILocation(line: 14, column: 34, scope: !43)
!52 = !DILocation(line: 14, column: 102, scope: !43)
