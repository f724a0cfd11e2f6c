; ModuleID = 'functions.e2ed639eba99fe1b-cgu.0'
source_filename = "functions.e2ed639eba99fe1b-cgu.0"
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

%Stripe = type { %"core::sync::atomic::AtomicU64", [7 x i64] }
%"core::sync::atomic::AtomicU64" = type { i64 }

; functions::stripes_add
; Function Attrs: mustprogress nofree noinline norecurse nounwind nonlazybind willreturn memory(argmem: readwrite) uwtable
define void @_ZN9functions11stripes_add17ha833335fa392e89bE(ptr noundef nonnull align 8 captures(none) %stripes, i64 noundef %cpu) unnamed_addr #0 !dbg !20 {
start:
    #dbg_value(ptr %stripes, !52, !DIExpression(), !54)
    #dbg_value(i64 %cpu, !53, !DIExpression(), !54)
    #dbg_value(i64 1, !55, !DIExpression(), !65)
    #dbg_value(i8 0, !64, !DIExpression(), !65)
    #dbg_value(i64 1, !67, !DIExpression(), !77)
    #dbg_value(i8 0, !74, !DIExpression(), !77)
  %_5 = and i64 %cpu, 7, !dbg !79
  %self = getelementptr inbounds nuw %Stripe, ptr %stripes, i64 %_5, !dbg !80
    #dbg_value(ptr %self, !63, !DIExpression(), !65)
    #dbg_value(ptr %self, !73, !DIExpression(), !77)
  %0 = atomicrmw add ptr %self, i64 1 monotonic, align 8, !dbg !81
  ret void, !dbg !82
}

; functions::count_up
; Function Attrs: nofree noinline norecurse nounwind nonlazybind memory(argmem: readwrite) uwtable
define noundef zeroext i1 @_ZN9functions8count_up17h5938bab8d240b2efE(ptr noundef nonnull align 8 captures(none) %stripe, i64 noundef %most) unnamed_addr #1 !dbg !83 {
start:
    #dbg_value(ptr %stripe, !89, !DIExpression(), !95)
    #dbg_value(i64 %most, !90, !DIExpression(), !95)
    #dbg_value(i8 0, !96, !DIExpression(), !103)
    #dbg_value(i8 3, !105, !DIExpression(), !131)
    #dbg_value(i8 0, !130, !DIExpression(), !131)
    #dbg_value(ptr %stripe, !102, !DIExpression(), !133)
    #dbg_value(ptr %stripe, !134, !DIExpression(), !141)
    #dbg_value(i8 0, !140, !DIExpression(), !141)
  %0 = load atomic i64, ptr %stripe monotonic, align 8, !dbg !143
    #dbg_value(i64 %0, !91, !DIExpression(), !144)
  br label %bb1, !dbg !145

bb1:                                              ; preds = %bb3, %start
  %old.sroa.0.0 = phi i64 [ %0, %start ], [ %3, %bb3 ], !dbg !95
    #dbg_value(i64 %old.sroa.0.0, !91, !DIExpression(), !144)
  %_4.not = icmp ult i64 %old.sroa.0.0, %most, !dbg !146
  br i1 %_4.not, label %bb3, label %bb7, !dbg !146

bb3:                                              ; preds = %bb1
    #dbg_value(ptr %stripe, !127, !DIExpression(), !147)
    #dbg_value(i64 %old.sroa.0.0, !128, !DIExpression(), !131)
  %new = add nuw i64 %old.sroa.0.0, 1, !dbg !148
    #dbg_value(i64 %new, !129, !DIExpression(), !131)
    #dbg_value(ptr %stripe, !149, !DIExpression(), !161)
    #dbg_value(i64 %old.sroa.0.0, !154, !DIExpression(), !161)
    #dbg_value(i64 %new, !155, !DIExpression(), !161)
    #dbg_value(i8 3, !156, !DIExpression(), !161)
    #dbg_value(i8 0, !157, !DIExpression(), !161)
  %1 = cmpxchg weak ptr %stripe, i64 %old.sroa.0.0, i64 %new acq_rel monotonic, align 8, !dbg !163
  %2 = extractvalue { i64, i1 } %1, 1, !dbg !163
  %3 = extractvalue { i64, i1 } %1, 0, !dbg !163
  br i1 %2, label %bb7, label %bb1, !dbg !164

bb7:                                              ; preds = %bb3, %bb1
  ret i1 %_4.not, !dbg !165
}

; functions::ring_pop
; Function Attrs: mustprogress nofree noinline norecurse nounwind nonlazybind willreturn memory(argmem: readwrite) uwtable
define noundef i64 @_ZN9functions8ring_pop17h3d1fee70e5a22f47E(ptr noundef nonnull align 8 captures(none) %ring) unnamed_addr #0 !dbg !166 {
start:
    #dbg_value(ptr %ring, !176, !DIExpression(), !179)
    #dbg_value(i8 2, !180, !DIExpression(), !184)
    #dbg_value(i8 1, !186, !DIExpression(), !194)
    #dbg_value(ptr %ring, !183, !DIExpression(), !196)
    #dbg_value(ptr %ring, !197, !DIExpression(), !205)
    #dbg_value(ptr %ring, !134, !DIExpression(), !207)
    #dbg_value(i8 2, !140, !DIExpression(), !207)
  %0 = load atomic i64, ptr %ring acquire, align 8, !dbg !209
    #dbg_value(i64 %0, !177, !DIExpression(), !210)
    #dbg_value(i64 %0, !193, !DIExpression(), !194)
    #dbg_value(ptr %ring, !192, !DIExpression(DW_OP_plus_uconst, 8, DW_OP_stack_value), !211)
    #dbg_value(ptr %ring, !197, !DIExpression(DW_OP_plus_uconst, 8, DW_OP_stack_value), !212)
  %_11 = getelementptr inbounds nuw i8, ptr %ring, i64 8, !dbg !214
    #dbg_value(ptr %_11, !215, !DIExpression(), !222)
    #dbg_value(i64 %0, !220, !DIExpression(), !222)
    #dbg_value(i8 1, !221, !DIExpression(), !222)
  store atomic i64 %0, ptr %_11 release, align 8, !dbg !224
  %1 = getelementptr inbounds nuw i8, ptr %ring, i64 16, !dbg !225
  %_0 = load i64, ptr %1, align 8, !dbg !225, !noundef !43
  ret i64 %_0, !dbg !226
}

; functions::flag_wait
; Function Attrs: nofree noinline norecurse nounwind nonlazybind memory(argmem: readwrite) uwtable
define noundef i64 @_ZN9functions9flag_wait17h043e5895fea1fcf9E(ptr noundef nonnull readonly align 8 captures(none) %flag) unnamed_addr #1 !dbg !227 {
start:
    #dbg_value(ptr %flag, !244, !DIExpression(), !245)
    #dbg_value(i8 2, !246, !DIExpression(), !254)
  %_6 = getelementptr inbounds nuw i8, ptr %flag, i64 8
  br label %bb1, !dbg !256

bb1:                                              ; preds = %bb1, %start
    #dbg_value(ptr %flag, !253, !DIExpression(DW_OP_plus_uconst, 8, DW_OP_stack_value), !257)
    #dbg_value(ptr %_6, !258, !DIExpression(), !265)
    #dbg_value(i8 2, !264, !DIExpression(), !265)
  %0 = load atomic i8, ptr %_6 acquire, align 8, !dbg !267
  %1 = icmp eq i8 %0, 0, !dbg !268
  br i1 %1, label %bb1, label %bb2, !dbg !268

bb2:                                              ; preds = %bb1
  %_0 = load i64, ptr %flag, align 8, !dbg !269, !noundef !43
  ret i64 %_0, !dbg !270
}

; functions::ring_push
; Function Attrs: mustprogress nofree noinline norecurse nounwind nonlazybind willreturn memory(argmem: readwrite) uwtable
define noundef i64 @_ZN9functions9ring_push17hdb5017c8a1a4970fE(ptr noalias noundef align 8 captures(none) dereferenceable(24) %ring, i32 noundef %value) unnamed_addr #0 !dbg !271 {
start:
    #dbg_value(ptr %ring, !284, !DIExpression(), !288)
    #dbg_value(i32 %value, !285, !DIExpression(), !288)
    #dbg_value(i8 2, !289, !DIExpression(), !293)
    #dbg_value(i64 1, !295, !DIExpression(), !300)
    #dbg_value(i8 1, !299, !DIExpression(), !300)
    #dbg_value(i64 1, !302, !DIExpression(), !307)
    #dbg_value(i8 1, !306, !DIExpression(), !307)
    #dbg_value(ptr %ring, !292, !DIExpression(DW_OP_plus_uconst, 8, DW_OP_stack_value), !309)
    #dbg_value(ptr %ring, !310, !DIExpression(DW_OP_plus_uconst, 8, DW_OP_stack_value), !313)
  %_8 = getelementptr inbounds nuw i8, ptr %ring, i64 8, !dbg !315
    #dbg_value(ptr %_8, !134, !DIExpression(), !316)
    #dbg_value(i8 2, !140, !DIExpression(), !316)
  %0 = load atomic i64, ptr %_8 acquire, align 8, !dbg !318
    #dbg_value(i64 %0, !286, !DIExpression(), !319)
  %1 = getelementptr inbounds nuw i8, ptr %ring, i64 16, !dbg !320
  store i32 %value, ptr %1, align 8, !dbg !320
    #dbg_value(ptr %ring, !298, !DIExpression(), !321)
    #dbg_value(ptr %ring, !310, !DIExpression(), !322)
    #dbg_value(ptr %ring, !305, !DIExpression(), !307)
  %2 = atomicrmw add ptr %ring, i64 1 release, align 8, !dbg !324
  ret i64 %0, !dbg !325
}

attributes #0 = { mustprogress nofree noinline norecurse nounwind nonlazybind willreturn memory(argmem: readwrite) uwtable "probe-stack"="inline-asm" "target-cpu"="x86-64" }
attributes #1 = { nofree noinline norecurse nounwind nonlazybind memory(argmem: readwrite) uwtable "probe-stack"="inline-asm" "target-cpu"="x86-64" }

!llvm.module.flags = !{!0, !1, !2, !3}
!llvm.ident = !{!4}
!llvm.dbg.cu = !{!5}

!0 = !{i32 8, !"PIC Level", i32 2}
!1 = !{i32 2, !"RtLibUseGOT", i32 1}
!2 = !{i32 7, !"Dwarf Version", i32 4}
!3 = !{i32 2, !"Debug Info Version", i32 3}
!4 = !{!"rustc version 1.95.0 (59807616e 2026-04-14)"}
!5 = distinct !DICompileUnit(language: DW_LANG_Rust, file: !6, producer: "clang LLVM (rustc version 1.95.0 (59807616e 2026-04-14))", isOptimized: true, runtimeVersion: 0, emissionKind: FullDebug, enums: !7, splitDebugInlining: false, nameTableKind: None)
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
!20 = distinct !DISubprogram(name: "stripes_add", linkageName: "_ZN9functions11stripes_add17ha833335fa392e89bE", scope: !22, file: !21, line: 50, type: !23, scopeLine: 50, flags: DIFlagPrototyped, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !43, retainedNodes: !51)
!21 = !DIFile(filename: "functions.rs", directory: "/src", checksumkind: CSK_MD5, checksum: "fdcb7034399deb8d9e4a74d0f22d3d18")
!22 = !DINamespace(name: "functions", scope: null)
!23 = !DISubroutineType(types: !24)
!24 = !{null, !25, !50}
!25 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&functions::Stripes", baseType: !26, size: 64, align: 64, dwarfAddressSpace: 0)
!26 = !DICompositeType(tag: DW_TAG_structure_type, name: "Stripes", scope: !22, file: !9, size: 4096, align: 64, flags: DIFlagPublic, elements: !27, templateParams: !43, identifier: "7bd03517dd0f99345c4c2200acebfea1")
!27 = !{!28}
!28 = !DIDerivedType(tag: DW_TAG_member, name: "all", scope: !26, file: !9, baseType: !29, size: 4096, align: 64, flags: DIFlagPublic)
!29 = !DICompositeType(tag: DW_TAG_array_type, baseType: !30, size: 4096, align: 64, elements: !48)
!30 = !DICompositeType(tag: DW_TAG_structure_type, name: "Stripe", scope: !22, file: !9, size: 512, align: 64, flags: DIFlagPublic, elements: !31, templateParams: !43, identifier: "6f2e92ad7c2f6b63b59266f3fcfcfb3")
!31 = !{!32, !44}
!32 = !DIDerivedType(tag: DW_TAG_member, name: "count", scope: !30, file: !9, baseType: !33, size: 64, align: 64, flags: DIFlagPublic)
!33 = !DICompositeType(tag: DW_TAG_structure_type, name: "AtomicU64", scope: !10, file: !9, size: 64, align: 64, flags: DIFlagPublic, elements: !34, templateParams: !43, identifier: "66aaddc964a82d5e57e97feb4617c061")
!34 = !{!35}
!35 = !DIDerivedType(tag: DW_TAG_member, name: "v", scope: !33, file: !9, baseType: !36, size: 64, align: 64, flags: DIFlagPrivate)
!36 = !DICompositeType(tag: DW_TAG_structure_type, name: "UnsafeCell<u64>", scope: !37, file: !9, size: 64, align: 64, flags: DIFlagPublic, elements: !38, templateParams: !41, identifier: "64f44ac7e328f13f7383038d475fd20c")
!37 = !DINamespace(name: "cell", scope: !12)
!38 = !{!39}
!39 = !DIDerivedType(tag: DW_TAG_member, name: "value", scope: !36, file: !9, baseType: !40, size: 64, align: 64, flags: DIFlagPrivate)
!40 = !DIBasicType(name: "u64", size: 64, encoding: DW_ATE_unsigned)
!41 = !{!42}
!42 = !DITemplateTypeParameter(name: "T", type: !40)
!43 = !{}
!44 = !DIDerivedType(tag: DW_TAG_member, name: "spare", scope: !30, file: !9, baseType: !45, size: 448, align: 64, offset: 64, flags: DIFlagPublic)
!45 = !DICompositeType(tag: DW_TAG_array_type, baseType: !40, size: 448, align: 64, elements: !46)
!46 = !{!47}
!47 = !DISubrange(count: 7, lowerBound: 0)
!48 = !{!49}
!49 = !DISubrange(count: 8, lowerBound: 0)
!50 = !DIBasicType(name: "usize", size: 64, encoding: DW_ATE_unsigned)
!51 = !{!52, !53}
!52 = !DILocalVariable(name: "stripes", arg: 1, scope: !20, file: !21, line: 50, type: !25)
!53 = !DILocalVariable(name: "cpu", arg: 2, scope: !20, file: !21, line: 50, type: !50)
!54 = !DILocation(line: 0, scope: !20)
!55 = !DILocalVariable(name: "val", scope: !56, file: !57, line: 3134, type: !40, align: 64)
!56 = distinct !DISubprogram(name: "fetch_add", linkageName: "_RNvMs1l_NtNtCsgEmfK2I1SDS_4core4sync6atomicNtB6_9AtomicU649fetch_add", scope: !33, file: !57, line: 3134, type: !58, scopeLine: 3134, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !43, declaration: !61, retainedNodes: !62)
!57 = !DIFile(filename: "library/core/src/sync/atomic.rs", directory: "/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860", checksumkind: CSK_MD5, checksum: "efd884d336fd52cdd46abf1cb836765b")
!58 = !DISubroutineType(types: !59)
!59 = !{!40, !60, !40, !8}
!60 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&core::sync::atomic::AtomicU64", baseType: !33, size: 64, align: 64, dwarfAddressSpace: 0)
!61 = !DISubprogram(name: "fetch_add", linkageName: "_RNvMs1l_NtNtCsgEmfK2I1SDS_4core4sync6atomicNtB6_9AtomicU649fetch_add", scope: !33, file: !57, line: 3134, type: !58, scopeLine: 3134, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagOptimized, templateParams: !43)
!62 = !{!63, !55, !64}
!63 = !DILocalVariable(name: "self", arg: 1, scope: !56, file: !57, line: 3134, type: !60)
!64 = !DILocalVariable(name: "order", scope: !56, file: !57, line: 3134, type: !8, align: 8)
!65 = !DILocation(line: 0, scope: !56, inlinedAt: !66)
!66 = !DILocation(line: 51, column: 32, scope: !20)
!67 = !DILocalVariable(name: "val", scope: !68, file: !57, line: 3919, type: !40, align: 64)
!68 = distinct !DISubprogram(name: "atomic_add<u64, u64>", linkageName: "_ZN4core4sync6atomic10atomic_add17h42969592b0ba021eE", scope: !10, file: !57, line: 3919, type: !69, scopeLine: 3919, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !75, retainedNodes: !72)
!69 = !DISubroutineType(types: !70)
!70 = !{!40, !71, !40, !8}
!71 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "*mut u64", baseType: !40, size: 64, align: 64, dwarfAddressSpace: 0)
!72 = !{!73, !67, !74}
!73 = !DILocalVariable(name: "dst", arg: 1, scope: !68, file: !57, line: 3919, type: !71)
!74 = !DILocalVariable(name: "order", scope: !68, file: !57, line: 3919, type: !8, align: 8)
!75 = !{!42, !76}
!76 = !DITemplateTypeParameter(name: "U", type: !40)
!77 = !DILocation(line: 0, scope: !68, inlinedAt: !78)
!78 = !DILocation(line: 3136, column: 26, scope: !56, inlinedAt: !66)
!79 = !DILocation(line: 51, column: 17, scope: !20)
!80 = !DILocation(line: 51, column: 5, scope: !20)
!81 = !DILocation(line: 3923, column: 24, scope: !68, inlinedAt: !78)
!82 = !DILocation(line: 52, column: 2, scope: !20)
!83 = distinct !DISubprogram(name: "count_up", linkageName: "_ZN9functions8count_up17h5938bab8d240b2efE", scope: !22, file: !21, line: 56, type: !84, scopeLine: 56, flags: DIFlagPrototyped, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !43, retainedNodes: !88)
!84 = !DISubroutineType(types: !85)
!85 = !{!86, !87, !40}
!86 = !DIBasicType(name: "bool", size: 8, encoding: DW_ATE_boolean)
!87 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&functions::Stripe", baseType: !30, size: 64, align: 64, dwarfAddressSpace: 0)
!88 = !{!89, !90, !91, !93}
!89 = !DILocalVariable(name: "stripe", arg: 1, scope: !83, file: !21, line: 56, type: !87)
!90 = !DILocalVariable(name: "most", arg: 2, scope: !83, file: !21, line: 56, type: !40)
!91 = !DILocalVariable(name: "old", scope: !92, file: !21, line: 57, type: !40, align: 64)
!92 = distinct !DILexicalBlock(scope: !83, file: !21, line: 57, column: 5)
!93 = !DILocalVariable(name: "now", scope: !94, file: !21, line: 64, type: !40, align: 64)
!94 = distinct !DILexicalBlock(scope: !92, file: !21, line: 64, column: 13)
!95 = !DILocation(line: 0, scope: !83)
!96 = !DILocalVariable(name: "order", scope: !97, file: !57, line: 2842, type: !8, align: 8)
!97 = distinct !DISubprogram(name: "load", linkageName: "_RNvMs1l_NtNtCsgEmfK2I1SDS_4core4sync6atomicNtB6_9AtomicU644load", scope: !33, file: !57, line: 2842, type: !98, scopeLine: 2842, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !43, declaration: !100, retainedNodes: !101)
!98 = !DISubroutineType(types: !99)
!99 = !{!40, !60, !8}
!100 = !DISubprogram(name: "load", linkageName: "_RNvMs1l_NtNtCsgEmfK2I1SDS_4core4sync6atomicNtB6_9AtomicU644load", scope: !33, file: !57, line: 2842, type: !98, scopeLine: 2842, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagOptimized, templateParams: !43)
!101 = !{!102, !96}
!102 = !DILocalVariable(name: "self", arg: 1, scope: !97, file: !57, line: 2842, type: !60)
!103 = !DILocation(line: 0, scope: !97, inlinedAt: !104)
!104 = !DILocation(line: 57, column: 32, scope: !83)
!105 = !DILocalVariable(name: "success", scope: !106, file: !57, line: 3100, type: !8, align: 8)
!106 = distinct !DISubprogram(name: "compare_exchange_weak", linkageName: "_RNvMs1l_NtNtCsgEmfK2I1SDS_4core4sync6atomicNtB6_9AtomicU6421compare_exchange_weak", scope: !33, file: !57, line: 3097, type: !107, scopeLine: 3097, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !43, declaration: !125, retainedNodes: !126)
!107 = !DISubroutineType(types: !108)
!108 = !{!109, !60, !40, !40, !8, !8}
!109 = !DICompositeType(tag: DW_TAG_structure_type, name: "Result<u64, u64>", scope: !110, file: !9, size: 128, align: 64, flags: DIFlagPublic, elements: !111, templateParams: !43, identifier: "bc2ac170cf090fd32af5dff4c2d4dd83")
!110 = !DINamespace(name: "result", scope: !12)
!111 = !{!112}
!112 = !DICompositeType(tag: DW_TAG_variant_part, scope: !109, file: !9, size: 128, align: 64, elements: !113, templateParams: !43, identifier: "63c08ae069af641e53e245bb2faa16f6", discriminator: !124)
!113 = !{!114, !120}
!114 = !DIDerivedType(tag: DW_TAG_member, name: "Ok", scope: !112, file: !9, baseType: !115, size: 128, align: 64, extraData: i64 0)
!115 = !DICompositeType(tag: DW_TAG_structure_type, name: "Ok", scope: !109, file: !9, size: 128, align: 64, flags: DIFlagPublic, elements: !116, templateParams: !118, identifier: "b3e53501b658a994b9fb28980998b83f")
!116 = !{!117}
!117 = !DIDerivedType(tag: DW_TAG_member, name: "__0", scope: !115, file: !9, baseType: !40, size: 64, align: 64, offset: 64, flags: DIFlagPublic)
!118 = !{!42, !119}
!119 = !DITemplateTypeParameter(name: "E", type: !40)
!120 = !DIDerivedType(tag: DW_TAG_member, name: "Err", scope: !112, file: !9, baseType: !121, size: 128, align: 64, extraData: i64 1)
!121 = !DICompositeType(tag: DW_TAG_structure_type, name: "Err", scope: !109, file: !9, size: 128, align: 64, flags: DIFlagPublic, elements: !122, templateParams: !118, identifier: "6db433e524676cff64cb6cefbb4d88a8")
!122 = !{!123}
!123 = !DIDerivedType(tag: DW_TAG_member, name: "__0", scope: !121, file: !9, baseType: !40, size: 64, align: 64, offset: 64, flags: DIFlagPublic)
!124 = !DIDerivedType(tag: DW_TAG_member, scope: !109, file: !9, baseType: !40, size: 64, align: 64, flags: DIFlagArtificial)
!125 = !DISubprogram(name: "compare_exchange_weak", linkageName: "_RNvMs1l_NtNtCsgEmfK2I1SDS_4core4sync6atomicNtB6_9AtomicU6421compare_exchange_weak", scope: !33, file: !57, line: 3097, type: !107, scopeLine: 3097, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagOptimized, templateParams: !43)
!126 = !{!127, !128, !129, !105, !130}
!127 = !DILocalVariable(name: "self", arg: 1, scope: !106, file: !57, line: 3097, type: !60)
!128 = !DILocalVariable(name: "current", arg: 2, scope: !106, file: !57, line: 3098, type: !40)
!129 = !DILocalVariable(name: "new", arg: 3, scope: !106, file: !57, line: 3099, type: !40)
!130 = !DILocalVariable(name: "failure", scope: !106, file: !57, line: 3101, type: !8, align: 8)
!131 = !DILocation(line: 0, scope: !106, inlinedAt: !132)
!132 = !DILocation(line: 62, column: 28, scope: !92)
!133 = !DILocation(line: 2842, column: 25, scope: !97, inlinedAt: !104)
!134 = !DILocalVariable(name: "dst", arg: 1, scope: !135, file: !57, line: 3886, type: !138)
!135 = distinct !DISubprogram(name: "atomic_load<u64>", linkageName: "_ZN4core4sync6atomic11atomic_load17h1fba395baad3cd21E", scope: !10, file: !57, line: 3886, type: !136, scopeLine: 3886, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !41, retainedNodes: !139)
!136 = !DISubroutineType(types: !137)
!137 = !{!40, !138, !8}
!138 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "*const u64", baseType: !40, size: 64, align: 64, dwarfAddressSpace: 0)
!139 = !{!134, !140}
!140 = !DILocalVariable(name: "order", arg: 2, scope: !135, file: !57, line: 3886, type: !8)
!141 = !DILocation(line: 0, scope: !135, inlinedAt: !142)
!142 = distinct !DILocation(line: 2844, column: 26, scope: !97, inlinedAt: !104)
!143 = !DILocation(line: 3890, column: 24, scope: !135, inlinedAt: !142)
!144 = !DILocation(line: 0, scope: !92)
!145 = !DILocation(line: 58, column: 5, scope: !92)
!146 = !DILocation(line: 59, column: 12, scope: !92)
!147 = !DILocation(line: 3097, column: 42, scope: !106, inlinedAt: !132)
!148 = !DILocation(line: 62, column: 55, scope: !92)
!149 = !DILocalVariable(name: "dst", arg: 1, scope: !150, file: !57, line: 4021, type: !71)
!150 = distinct !DISubprogram(name: "atomic_compare_exchange_weak<u64>", linkageName: "_ZN4core4sync6atomic28atomic_compare_exchange_weak17h29a6ed9b53f5b6b1E", scope: !10, file: !57, line: 4020, type: !151, scopeLine: 4020, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !41, retainedNodes: !153)
!151 = !DISubroutineType(types: !152)
!152 = !{!109, !71, !40, !40, !8, !8}
!153 = !{!149, !154, !155, !156, !157, !158, !160}
!154 = !DILocalVariable(name: "old", arg: 2, scope: !150, file: !57, line: 4022, type: !40)
!155 = !DILocalVariable(name: "new", arg: 3, scope: !150, file: !57, line: 4023, type: !40)
!156 = !DILocalVariable(name: "success", arg: 4, scope: !150, file: !57, line: 4024, type: !8)
!157 = !DILocalVariable(name: "failure", arg: 5, scope: !150, file: !57, line: 4025, type: !8)
!158 = !DILocalVariable(name: "val", scope: !159, file: !57, line: 4028, type: !40, align: 64)
!159 = distinct !DILexicalBlock(scope: !150, file: !57, line: 4028, column: 5)
!160 = !DILocalVariable(name: "ok", scope: !159, file: !57, line: 4028, type: !86, align: 8)
!161 = !DILocation(line: 0, scope: !150, inlinedAt: !162)
!162 = distinct !DILocation(line: 3104, column: 21, scope: !106, inlinedAt: !132)
!163 = !DILocation(line: 4058, column: 17, scope: !150, inlinedAt: !162)
!164 = !DILocation(line: 62, column: 9, scope: !92)
!165 = !DILocation(line: 67, column: 2, scope: !83)
!166 = distinct !DISubprogram(name: "ring_pop", linkageName: "_ZN9functions8ring_pop17h3d1fee70e5a22f47E", scope: !22, file: !21, line: 21, type: !167, scopeLine: 21, flags: DIFlagPrototyped, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !43, retainedNodes: !175)
!167 = !DISubroutineType(types: !168)
!168 = !{!40, !169}
!169 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&functions::Ring<u64>", baseType: !170, size: 64, align: 64, dwarfAddressSpace: 0)
!170 = !DICompositeType(tag: DW_TAG_structure_type, name: "Ring<u64>", scope: !22, file: !9, size: 192, align: 64, flags: DIFlagPublic, elements: !171, templateParams: !41, identifier: "ab3ad246aa43f15983147b44a940a142")
!171 = !{!172, !173, !174}
!172 = !DIDerivedType(tag: DW_TAG_member, name: "head", scope: !170, file: !9, baseType: !33, size: 64, align: 64, flags: DIFlagPublic)
!173 = !DIDerivedType(tag: DW_TAG_member, name: "tail", scope: !170, file: !9, baseType: !33, size: 64, align: 64, offset: 64, flags: DIFlagPublic)
!174 = !DIDerivedType(tag: DW_TAG_member, name: "last", scope: !170, file: !9, baseType: !40, size: 64, align: 64, offset: 128, flags: DIFlagPublic)
!175 = !{!176, !177}
!176 = !DILocalVariable(name: "ring", arg: 1, scope: !166, file: !21, line: 21, type: !169)
!177 = !DILocalVariable(name: "head", scope: !178, file: !21, line: 22, type: !40, align: 64)
!178 = distinct !DILexicalBlock(scope: !166, file: !21, line: 22, column: 5)
!179 = !DILocation(line: 0, scope: !166)
!180 = !DILocalVariable(name: "order", scope: !181, file: !57, line: 2842, type: !8, align: 8)
!181 = distinct !DISubprogram(name: "load", linkageName: "_RNvMs1l_NtNtCsgEmfK2I1SDS_4core4sync6atomicNtB6_9AtomicU644load", scope: !33, file: !57, line: 2842, type: !98, scopeLine: 2842, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !43, declaration: !100, retainedNodes: !182)
!182 = !{!183, !180}
!183 = !DILocalVariable(name: "self", arg: 1, scope: !181, file: !57, line: 2842, type: !60)
!184 = !DILocation(line: 0, scope: !181, inlinedAt: !185)
!185 = !DILocation(line: 22, column: 26, scope: !166)
!186 = !DILocalVariable(name: "order", scope: !187, file: !57, line: 2870, type: !8, align: 8)
!187 = distinct !DISubprogram(name: "store", linkageName: "_RNvMs1l_NtNtCsgEmfK2I1SDS_4core4sync6atomicNtB6_9AtomicU645store", scope: !33, file: !57, line: 2870, type: !188, scopeLine: 2870, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !43, declaration: !190, retainedNodes: !191)
!188 = !DISubroutineType(types: !189)
!189 = !{null, !60, !40, !8}
!190 = !DISubprogram(name: "store", linkageName: "_RNvMs1l_NtNtCsgEmfK2I1SDS_4core4sync6atomicNtB6_9AtomicU645store", scope: !33, file: !57, line: 2870, type: !188, scopeLine: 2870, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagOptimized, templateParams: !43)
!191 = !{!192, !193, !186}
!192 = !DILocalVariable(name: "self", arg: 1, scope: !187, file: !57, line: 2870, type: !60)
!193 = !DILocalVariable(name: "val", arg: 2, scope: !187, file: !57, line: 2870, type: !40)
!194 = !DILocation(line: 0, scope: !187, inlinedAt: !195)
!195 = !DILocation(line: 23, column: 15, scope: !178)
!196 = !DILocation(line: 2842, column: 25, scope: !181, inlinedAt: !185)
!197 = !DILocalVariable(name: "self", arg: 1, scope: !198, file: !199, line: 2443, type: !202)
!198 = distinct !DISubprogram(name: "get<u64>", linkageName: "_ZN4core4cell19UnsafeCell$LT$T$GT$3get17hd4ead968de472f92E", scope: !36, file: !199, line: 2443, type: !200, scopeLine: 2443, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !41, declaration: !203, retainedNodes: !204)
!199 = !DIFile(filename: "library/core/src/cell.rs", directory: "/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860", checksumkind: CSK_MD5, checksum: "96404e804c6faf0fea9fa631bcb8d1d2")
!200 = !DISubroutineType(types: !201)
!201 = !{!71, !202}
!202 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&core::cell::UnsafeCell<u64>", baseType: !36, size: 64, align: 64, dwarfAddressSpace: 0)
!203 = !DISubprogram(name: "get<u64>", linkageName: "_ZN4core4cell19UnsafeCell$LT$T$GT$3get17hd4ead968de472f92E", scope: !36, file: !199, line: 2443, type: !200, scopeLine: 2443, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagOptimized, templateParams: !41)
!204 = !{!197}
!205 = !DILocation(line: 2443, column: 22, scope: !198, inlinedAt: !206)
!206 = !DILocation(line: 2844, column: 45, scope: !181, inlinedAt: !185)
!207 = !DILocation(line: 0, scope: !135, inlinedAt: !208)
!208 = distinct !DILocation(line: 2844, column: 26, scope: !181, inlinedAt: !185)
!209 = !DILocation(line: 3891, column: 24, scope: !135, inlinedAt: !208)
!210 = !DILocation(line: 0, scope: !178)
!211 = !DILocation(line: 2870, column: 26, scope: !187, inlinedAt: !195)
!212 = !DILocation(line: 2443, column: 22, scope: !198, inlinedAt: !213)
!213 = !DILocation(line: 2872, column: 46, scope: !187, inlinedAt: !195)
!214 = !DILocation(line: 2447, column: 9, scope: !198, inlinedAt: !213)
!215 = !DILocalVariable(name: "dst", arg: 1, scope: !216, file: !57, line: 3871, type: !71)
!216 = distinct !DISubprogram(name: "atomic_store<u64>", linkageName: "_ZN4core4sync6atomic12atomic_store17hf06d90cb5dc698abE", scope: !10, file: !57, line: 3871, type: !217, scopeLine: 3871, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !41, retainedNodes: !219)
!217 = !DISubroutineType(types: !218)
!218 = !{null, !71, !40, !8}
!219 = !{!215, !220, !221}
!220 = !DILocalVariable(name: "val", arg: 2, scope: !216, file: !57, line: 3871, type: !40)
!221 = !DILocalVariable(name: "order", arg: 3, scope: !216, file: !57, line: 3871, type: !8)
!222 = !DILocation(line: 0, scope: !216, inlinedAt: !223)
!223 = distinct !DILocation(line: 2872, column: 26, scope: !187, inlinedAt: !195)
!224 = !DILocation(line: 3876, column: 24, scope: !216, inlinedAt: !223)
!225 = !DILocation(line: 24, column: 5, scope: !178)
!226 = !DILocation(line: 25, column: 2, scope: !166)
!227 = distinct !DISubprogram(name: "flag_wait", linkageName: "_ZN9functions9flag_wait17h043e5895fea1fcf9E", scope: !22, file: !21, line: 34, type: !228, scopeLine: 34, flags: DIFlagPrototyped, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !43, retainedNodes: !243)
!228 = !DISubroutineType(types: !229)
!229 = !{!40, !230}
!230 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&functions::Flag", baseType: !231, size: 64, align: 64, dwarfAddressSpace: 0)
!231 = !DICompositeType(tag: DW_TAG_structure_type, name: "Flag", scope: !22, file: !9, size: 128, align: 64, flags: DIFlagPublic, elements: !232, templateParams: !43, identifier: "bf7d1e56c7bcb7d922b9712262957780")
!232 = !{!233, !242}
!233 = !DIDerivedType(tag: DW_TAG_member, name: "ready", scope: !231, file: !9, baseType: !234, size: 8, align: 8, offset: 64, flags: DIFlagPublic)
!234 = !DICompositeType(tag: DW_TAG_structure_type, name: "AtomicBool", scope: !10, file: !9, size: 8, align: 8, flags: DIFlagPublic, elements: !235, templateParams: !43, identifier: "60f0e70b153cf109f3b1ce7e34993661")
!235 = !{!236}
!236 = !DIDerivedType(tag: DW_TAG_member, name: "v", scope: !234, file: !9, baseType: !237, size: 8, align: 8, flags: DIFlagPrivate)
!237 = !DICompositeType(tag: DW_TAG_structure_type, name: "UnsafeCell<u8>", scope: !37, file: !9, size: 8, align: 8, flags: DIFlagPublic, elements: !238, templateParams: !240, identifier: "df3fe7d204cf9645c1e0417088da45bf")
!238 = !{!239}
!239 = !DIDerivedType(tag: DW_TAG_member, name: "value", scope: !237, file: !9, baseType: !13, size: 8, align: 8, flags: DIFlagPrivate)
!240 = !{!241}
!241 = !DITemplateTypeParameter(name: "T", type: !13)
!242 = !DIDerivedType(tag: DW_TAG_member, name: "value", scope: !231, file: !9, baseType: !40, size: 64, align: 64, flags: DIFlagPublic)
!243 = !{!244}
!244 = !DILocalVariable(name: "flag", arg: 1, scope: !227, file: !21, line: 34, type: !230)
!245 = !DILocation(line: 0, scope: !227)
!246 = !DILocalVariable(name: "order", scope: !247, file: !57, line: 726, type: !8, align: 8)
!247 = distinct !DISubprogram(name: "load", linkageName: "_RNvMs3_NtNtCsgEmfK2I1SDS_4core4sync6atomicNtB5_10AtomicBool4load", scope: !234, file: !57, line: 726, type: !248, scopeLine: 726, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !43, declaration: !251, retainedNodes: !252)
!248 = !DISubroutineType(types: !249)
!249 = !{!86, !250, !8}
!250 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&core::sync::atomic::AtomicBool", baseType: !234, size: 64, align: 64, dwarfAddressSpace: 0)
!251 = !DISubprogram(name: "load", linkageName: "_RNvMs3_NtNtCsgEmfK2I1SDS_4core4sync6atomicNtB5_10AtomicBool4load", scope: !234, file: !57, line: 726, type: !248, scopeLine: 726, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagOptimized, templateParams: !43)
!252 = !{!253, !246}
!253 = !DILocalVariable(name: "self", arg: 1, scope: !247, file: !57, line: 726, type: !250)
!254 = !DILocation(line: 0, scope: !247, inlinedAt: !255)
!255 = !DILocation(line: 35, column: 23, scope: !227)
!256 = !DILocation(line: 35, column: 5, scope: !227)
!257 = !DILocation(line: 726, column: 17, scope: !247, inlinedAt: !255)
!258 = !DILocalVariable(name: "dst", arg: 1, scope: !259, file: !57, line: 3886, type: !262)
!259 = distinct !DISubprogram(name: "atomic_load<u8>", linkageName: "_ZN4core4sync6atomic11atomic_load17h6d953d4cf892cc49E", scope: !10, file: !57, line: 3886, type: !260, scopeLine: 3886, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !240, retainedNodes: !263)
!260 = !DISubroutineType(types: !261)
!261 = !{!13, !262, !8}
!262 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "*const u8", baseType: !13, size: 64, align: 64, dwarfAddressSpace: 0)
!263 = !{!258, !264}
!264 = !DILocalVariable(name: "order", arg: 2, scope: !259, file: !57, line: 3886, type: !8)
!265 = !DILocation(line: 0, scope: !259, inlinedAt: !266)
!266 = distinct !DILocation(line: 729, column: 18, scope: !247, inlinedAt: !255)
!267 = !DILocation(line: 3891, column: 24, scope: !259, inlinedAt: !266)
!268 = !DILocation(line: 35, column: 12, scope: !227)
!269 = !DILocation(line: 36, column: 5, scope: !227)
!270 = !DILocation(line: 37, column: 2, scope: !227)
!271 = distinct !DISubprogram(name: "ring_push", linkageName: "_ZN9functions9ring_push17hdb5017c8a1a4970fE", scope: !22, file: !21, line: 12, type: !272, scopeLine: 12, flags: DIFlagPrototyped, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !43, retainedNodes: !283)
!272 = !DISubroutineType(types: !273)
!273 = !{!40, !274, !280}
!274 = !DIDerivedType(tag: DW_TAG_pointer_type, name: "&mut functions::Ring<u32>", baseType: !275, size: 64, align: 64, dwarfAddressSpace: 0)
!275 = !DICompositeType(tag: DW_TAG_structure_type, name: "Ring<u32>", scope: !22, file: !9, size: 192, align: 64, flags: DIFlagPublic, elements: !276, templateParams: !281, identifier: "13b1e933a8567ef7a86d1924b8153e56")
!276 = !{!277, !278, !279}
!277 = !DIDerivedType(tag: DW_TAG_member, name: "head", scope: !275, file: !9, baseType: !33, size: 64, align: 64, flags: DIFlagPublic)
!278 = !DIDerivedType(tag: DW_TAG_member, name: "tail", scope: !275, file: !9, baseType: !33, size: 64, align: 64, offset: 64, flags: DIFlagPublic)
!279 = !DIDerivedType(tag: DW_TAG_member, name: "last", scope: !275, file: !9, baseType: !280, size: 32, align: 32, offset: 128, flags: DIFlagPublic)
!280 = !DIBasicType(name: "u32", size: 32, encoding: DW_ATE_unsigned)
!281 = !{!282}
!282 = !DITemplateTypeParameter(name: "T", type: !280)
!283 = !{!284, !285, !286}
!284 = !DILocalVariable(name: "ring", arg: 1, scope: !271, file: !21, line: 12, type: !274)
!285 = !DILocalVariable(name: "value", arg: 2, scope: !271, file: !21, line: 12, type: !280)
!286 = !DILocalVariable(name: "tail", scope: !287, file: !21, line: 13, type: !40, align: 64)
!287 = distinct !DILexicalBlock(scope: !271, file: !21, line: 13, column: 5)
!288 = !DILocation(line: 0, scope: !271)
!289 = !DILocalVariable(name: "order", scope: !290, file: !57, line: 2842, type: !8, align: 8)
!290 = distinct !DISubprogram(name: "load", linkageName: "_RNvMs1l_NtNtCsgEmfK2I1SDS_4core4sync6atomicNtB6_9AtomicU644load", scope: !33, file: !57, line: 2842, type: !98, scopeLine: 2842, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !43, declaration: !100, retainedNodes: !291)
!291 = !{!292, !289}
!292 = !DILocalVariable(name: "self", arg: 1, scope: !290, file: !57, line: 2842, type: !60)
!293 = !DILocation(line: 0, scope: !290, inlinedAt: !294)
!294 = !DILocation(line: 13, column: 26, scope: !271)
!295 = !DILocalVariable(name: "val", scope: !296, file: !57, line: 3134, type: !40, align: 64)
!296 = distinct !DISubprogram(name: "fetch_add", linkageName: "_RNvMs1l_NtNtCsgEmfK2I1SDS_4core4sync6atomicNtB6_9AtomicU649fetch_add", scope: !33, file: !57, line: 3134, type: !58, scopeLine: 3134, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !43, declaration: !61, retainedNodes: !297)
!297 = !{!298, !295, !299}
!298 = !DILocalVariable(name: "self", arg: 1, scope: !296, file: !57, line: 3134, type: !60)
!299 = !DILocalVariable(name: "order", scope: !296, file: !57, line: 3134, type: !8, align: 8)
!300 = !DILocation(line: 0, scope: !296, inlinedAt: !301)
!301 = !DILocation(line: 15, column: 15, scope: !287)
!302 = !DILocalVariable(name: "val", scope: !303, file: !57, line: 3919, type: !40, align: 64)
!303 = distinct !DISubprogram(name: "atomic_add<u64, u64>", linkageName: "_ZN4core4sync6atomic10atomic_add17h42969592b0ba021eE", scope: !10, file: !57, line: 3919, type: !69, scopeLine: 3919, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !75, retainedNodes: !304)
!304 = !{!305, !302, !306}
!305 = !DILocalVariable(name: "dst", arg: 1, scope: !303, file: !57, line: 3919, type: !71)
!306 = !DILocalVariable(name: "order", scope: !303, file: !57, line: 3919, type: !8, align: 8)
!307 = !DILocation(line: 0, scope: !303, inlinedAt: !308)
!308 = !DILocation(line: 3136, column: 26, scope: !296, inlinedAt: !301)
!309 = !DILocation(line: 2842, column: 25, scope: !290, inlinedAt: !294)
!310 = !DILocalVariable(name: "self", arg: 1, scope: !311, file: !199, line: 2443, type: !202)
!311 = distinct !DISubprogram(name: "get<u64>", linkageName: "_ZN4core4cell19UnsafeCell$LT$T$GT$3get17hd4ead968de472f92E", scope: !36, file: !199, line: 2443, type: !200, scopeLine: 2443, flags: DIFlagPrototyped, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !5, templateParams: !41, declaration: !203, retainedNodes: !312)
!312 = !{!310}
!313 = !DILocation(line: 2443, column: 22, scope: !311, inlinedAt: !314)
!314 = !DILocation(line: 2844, column: 45, scope: !290, inlinedAt: !294)
!315 = !DILocation(line: 2447, column: 9, scope: !311, inlinedAt: !314)
!316 = !DILocation(line: 0, scope: !135, inlinedAt: !317)
!317 = distinct !DILocation(line: 2844, column: 26, scope: !290, inlinedAt: !294)
!318 = !DILocation(line: 3891, column: 24, scope: !135, inlinedAt: !317)
!319 = !DILocation(line: 0, scope: !287)
!320 = !DILocation(line: 14, column: 5, scope: !287)
!321 = !DILocation(line: 3134, column: 30, scope: !296, inlinedAt: !301)
!322 = !DILocation(line: 2443, column: 22, scope: !311, inlinedAt: !323)
!323 = !DILocation(line: 3136, column: 44, scope: !296, inlinedAt: !301)
!324 = !DILocation(line: 3925, column: 24, scope: !303, inlinedAt: !308)
!325 = !DILocation(line: 17, column: 2, scope: !271)
